import type { Device } from '@tongban/sync';
import { Icon, InDock, Keypad, KeypadDock, KeypadDockSlot, Primary, Screen } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useAdmitting } from './useAdmission.ts';

/** The centre wants a code before this machine may serve anybody: staff type it here. */
export function NotAdmittedScreen(props: {
  readonly device: Device;
  readonly why: 'refused' | 'expired';
}) {
  const { t } = useTranslation();
  const { code, busy, trouble, type, send } = useAdmitting(props.device);
  return (
    <KeypadDock>
      <Screen
        name="not-admitted"
        heading={t(`terminal:admission.heading.${props.why}`)}
        lead={t('terminal:admission.public')}
        act={
          <>
            <KeypadDockSlot />
            <Primary icon="check" busy={busy} onPress={() => void send()}>
              {t('terminal:admission.send')}
            </Primary>
          </>
        }
      >
        <div className="field">
          <label className="field-label" htmlFor="enrolment-code">
            {t('terminal:admission.code')}
          </label>
          <input
            id="enrolment-code"
            className="typed typed-number"
            type="text"
            inputMode="none"
            dir="ltr"
            autoComplete="off"
            spellCheck={false}
            value={code}
            aria-invalid={trouble !== undefined}
            aria-describedby="enrolment-code-help"
            onChange={(event) => type(event.target.value)}
          />
          {trouble !== undefined && (
            <p className="fault" role="alert">
              <Icon name="attention" />
              <span>{t(`terminal:admission.trouble.${trouble}`)}</span>
            </p>
          )}
          <p className="quiet" id="enrolment-code-help">
            {t(`terminal:admission.help.${props.why}`)}
          </p>
          <InDock>
            <Keypad
              kind="digits"
              onKey={(key) => type(code + key)}
              onDelete={() => type(code.trimEnd().slice(0, -1))}
              onClear={() => type('')}
            />
          </InDock>
        </div>
      </Screen>
    </KeypadDock>
  );
}
