import type { CodeSignIn, Who } from '@tongban/sync/protocol';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QrCode } from '../code/QrCode.tsx';
import { Act } from './Act.tsx';
import type { CodeRefusal, StaffByCode } from './byCode.ts';
import type { StaffClient } from './client.ts';

/** Signing in where no page of the provider's can be shown: the clerk scans a code and confirms on their own phone. */
export function CodePanel(props: {
  readonly client: StaffClient;
  readonly byCode: StaffByCode;
  /** There is no other way. */
  readonly alone: boolean;
  onSignedIn(who: Who): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { client, byCode, alone, onSignedIn } = props;
  const [busy, setBusy] = useState(false);
  const [code, setCode] = useState<CodeSignIn>();
  const [refused, setRefused] = useState<CodeRefusal>();

  async function begin() {
    setBusy(true);
    setRefused(undefined);
    const began = await byCode.begin();
    setBusy(false);
    if (began.ok) setCode(began.value);
    else setRefused(began.error);
  }

  useEffect(() => {
    if (code === undefined) return;
    let timer: ReturnType<typeof setTimeout>;
    let gone = false;
    const later = () => {
      timer = setTimeout(() => void look(), code.intervalSeconds * 1_000);
    };
    async function look(): Promise<void> {
      const answer = await byCode.ask(code?.handle ?? '');
      if (gone) return;
      // Without a line the code stays good: it is asked about again.
      if (!answer.ok || answer.value.state === 'waiting') return later();
      const over = answer.value.state === 'over' ? answer.value.why : undefined;
      const who = over === undefined ? await client.who() : undefined;
      // Taking the code away ends this effect: nothing is asked after it.
      if (gone) return;
      setCode(undefined);
      if (who?.ok) onSignedIn(who.value);
      else setRefused(over ?? 'no-line');
    }
    later();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [code, byCode, client, onSignedIn]);

  if (code !== undefined)
    return (
      <section className="st-signin-code" aria-label={t('signIn.byCode')}>
        <p>{t('signIn.byCodeLead')}</p>
        <QrCode text={code.addressWithCode ?? code.address} label={t('signIn.byCodeQr')} />
        <code>{code.userCode}</code>
        <p className="quiet">{t('signIn.byCodeAddress', { address: code.address })}</p>
        <p role="status">{t('signIn.byCodeWaiting')}</p>
        <Act name={t('signIn.byCodeStop')} onPress={() => setCode(undefined)} />
      </section>
    );
  return (
    <>
      <p className="st-fault" role="alert">
        {refused !== undefined && t(`signIn.refused.${refused}`)}
      </p>
      <Act
        name={t('signIn.byCode')}
        {...(alone ? { tone: 'primary' } : {})}
        busy={busy}
        onPress={() => void begin()}
      />
    </>
  );
}
