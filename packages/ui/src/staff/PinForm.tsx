import { type ReactNode, type SyntheticEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Act } from './Act.tsx';
import type { StaffOffline, UnlockRefusal, WithoutLine } from './offline.ts';

/** Lets a clerk in without the line, by the PIN set on this machine. */
export function PinForm(props: {
  readonly offline: StaffOffline;
  readonly accounts: readonly string[];
  onUnlocked(unlocked: WithoutLine): void;
  /** Tries the line again. */
  onLine(): void;
}): ReactNode {
  const { t } = useTranslation('terminal');
  const [account, setAccount] = useState(props.accounts[0] ?? '');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<UnlockRefusal>();
  const id = useId();

  async function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (busy || pin === '') return;
    setBusy(true);
    const unlocked = await props.offline.unlock(account, pin);
    setBusy(false);
    setPin('');
    if (unlocked.ok) props.onUnlocked(unlocked.value);
    else setRefusal(unlocked.error);
  }

  return (
    <form className="st-signin" noValidate onSubmit={(event) => void submit(event)}>
      <h1>{t('pin.title')}</h1>
      <p className="quiet">{t('pin.lead')}</p>
      <label htmlFor={`${id}a`}>{t('pin.account')}</label>
      <select
        id={`${id}a`}
        value={account}
        onChange={(event) => {
          setAccount(event.target.value);
          setRefusal(undefined);
        }}
      >
        {props.accounts.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <label htmlFor={`${id}p`}>{t('pin.pin')}</label>
      <input
        id={`${id}p`}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        // biome-ignore lint/a11y/noAutofocus: the page holds nothing else to begin with.
        autoFocus={true}
        value={pin}
        aria-describedby={refusal === undefined ? undefined : `${id}f`}
        onChange={(event) => setPin(event.target.value.replace(/\D/g, ''))}
      />
      <p className="st-fault" id={`${id}f`} role="alert">
        {refusal !== undefined &&
          t(`pin.refused.${refusal.reason}`, {
            count: refusal.reason === 'wrong-pin' ? refusal.left : 0,
          })}
      </p>
      <Act name={t('pin.go')} keys={['Enter']} tone="primary" type="submit" busy={busy} />
      <Act name={t('pin.online')} onPress={props.onLine} />
    </form>
  );
}
