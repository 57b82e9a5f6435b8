import type { OfflineStaff, PrepareFailure } from '@tongban/sync';
import { Act, Overlay } from '@tongban/ui/staff';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Sets the PIN with which this clerk goes on here when the line goes. */
export function PinDialog(props: {
  readonly staff: OfflineStaff;
  readonly account: string;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation('terminal');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<PrepareFailure | 'differ'>();
  const [done, setDone] = useState(false);
  const id = useId();
  const digits = (text: string) => text.replace(/\D/g, '').slice(0, 12);

  async function set() {
    if (busy) return;
    if (pin !== again) return setTrouble('differ');
    setBusy(true);
    const prepared = await props.staff.prepare(props.account, pin);
    setBusy(false);
    setTrouble(prepared.ok ? undefined : prepared.error);
    setDone(prepared.ok);
  }

  return (
    <Overlay title={t('pin.set.title')} onClose={props.onClose}>
      {done ? (
        <p role="status">{t('pin.set.done')}</p>
      ) : (
        <form
          className="st-signin"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void set();
          }}
        >
          <p className="quiet">{t('pin.set.lead')}</p>
          <label htmlFor={`${id}1`}>{t('pin.set.new')}</label>
          <input
            id={`${id}1`}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            value={pin}
            onChange={(event) => setPin(digits(event.target.value))}
          />
          <label htmlFor={`${id}2`}>{t('pin.set.again')}</label>
          <input
            id={`${id}2`}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            value={again}
            aria-describedby={`${id}f`}
            onChange={(event) => setAgain(digits(event.target.value))}
          />
          <p className="st-fault" id={`${id}f`} role="alert">
            {trouble !== undefined && t(`pin.set.trouble.${trouble}`)}
          </p>
          <Act name={t('pin.set.go')} keys={['Enter']} tone="primary" type="submit" busy={busy} />
        </form>
      )}
    </Overlay>
  );
}
