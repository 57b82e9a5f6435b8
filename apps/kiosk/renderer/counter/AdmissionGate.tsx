import type { Device } from '@tongban/sync';
import { Act } from '@tongban/ui/staff';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useAdmission, useAdmitting } from '../terminal/useAdmission.ts';

/** Lets a counter work that the centre admits; where it wants a code, staff type it here. */
export function AdmissionGate(props: {
  readonly device: Device;
  readonly foot: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  const admission = useAdmission(props.device);
  if (admission !== 'refused' && admission !== 'expired') return props.children;
  return (
    <main className="st-alone" data-screen="not-admitted">
      <div>
        <CodeForm device={props.device} why={admission} />
        {props.foot}
      </div>
    </main>
  );
}

function CodeForm(props: {
  readonly device: Device;
  readonly why: 'refused' | 'expired';
}): ReactNode {
  const { t } = useTranslation('terminal');
  const { code, busy, trouble, type, send } = useAdmitting(props.device);
  const id = useId();
  return (
    <form
      className="st-signin"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h1>{t(`admission.heading.${props.why}`)}</h1>
      <p className="quiet">{t(`admission.help.${props.why}`)}</p>
      <label htmlFor={id}>{t('admission.code')}</label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the page holds nothing else to begin with.
        autoFocus={true}
        value={code}
        aria-describedby={trouble === undefined ? undefined : `${id}f`}
        onChange={(event) => type(event.target.value)}
      />
      <p className="st-fault" id={`${id}f`} role="alert">
        {trouble !== undefined && t(`admission.trouble.${trouble}`)}
      </p>
      <Act name={t('admission.send')} keys={['Enter']} tone="primary" type="submit" busy={busy} />
    </form>
  );
}
