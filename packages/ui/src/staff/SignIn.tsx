import type { SignInWays, Who } from '@tongban/sync/protocol';
import { type ReactNode, type SyntheticEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Act } from './Act.tsx';
import type { StaffByCode } from './byCode.ts';
import { CodePanel } from './CodePanel.tsx';
import type { StaffClient, StaffFault } from './client.ts';
import { faultWords } from './fault.ts';
import { ProviderSignIn, type StaffPage } from './ProviderSignIn.tsx';

interface SignInProps {
  readonly client: StaffClient;
  /** Which page asks: the identity provider sends the browser back to it. */
  readonly page: StaffPage;
  readonly title: string;
  readonly lead: string;
  readonly account?: string;
  /** Where no page of the provider's can be shown. */
  readonly byCode?: StaffByCode;
  onSignedIn(who: Who): void;
}

/** The ways that the centre knows. `account` is given when the same person signs in again. */
export function SignIn(props: SignInProps): ReactNode {
  const { t } = useTranslation('staff');
  const { client } = props;
  const [ways, setWays] = useState<SignInWays>();
  const [fault, setFault] = useState<StaffFault>();
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again.
  useEffect(() => {
    let gone = false;
    void client.ways().then((answer) => {
      if (gone) return;
      if (answer.ok) setWays(answer.value);
      else setFault(answer.error);
    });
    return () => {
      gone = true;
    };
  }, [client, tries]);
  return (
    <div className="st-signin" aria-busy={ways === undefined && fault === undefined}>
      <p className="st-mark">{t('mark')}</p>
      <h1>{props.title}</h1>
      <p className="quiet">{props.lead}</p>
      {fault !== undefined && (
        <>
          <p role="alert">{faultWords(fault, t).text}</p>
          <Act
            name={t('again')}
            tone="primary"
            onPress={() => {
              setFault(undefined);
              setTries(tries + 1);
            }}
          />
        </>
      )}
      {ways?.provider &&
        (props.byCode === undefined ? (
          <ProviderSignIn {...props} alone={!ways.password} />
        ) : (
          <CodePanel {...props} byCode={props.byCode} alone={!ways.password} />
        ))}
      {ways?.password && <PasswordForm {...props} />}
      {ways !== undefined && !ways.provider && !ways.password && <p>{t('signIn.noWay')}</p>}
    </div>
  );
}

/** Account and password. */
function PasswordForm(props: SignInProps): ReactNode {
  const { t } = useTranslation('staff');
  const [account, setAccount] = useState(props.account ?? '');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const id = useId();

  async function signIn() {
    setBusy(true);
    setFault(undefined);
    const answer = await props.client.signIn(account.trim(), password);
    setBusy(false);
    if (answer.ok) props.onSignedIn(answer.value);
    else setFault(faultWords(answer.error, t).text);
  }

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    if (busy) return;
    if (account.trim() === '' || password === '') setFault(t('signIn.both'));
    else void signIn();
  }

  return (
    <form className="st-signin-form" onSubmit={submit} noValidate>
      <label htmlFor={`${id}a`}>{t('signIn.account')}</label>
      <input
        id={`${id}a`}
        name="account"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the page holds nothing else to begin with.
        autoFocus={props.account === undefined}
        value={account}
        aria-describedby={fault === undefined ? undefined : `${id}f`}
        onChange={(event) => setAccount(event.target.value)}
      />
      <label htmlFor={`${id}p`}>{t('signIn.password')}</label>
      <input
        id={`${id}p`}
        name="password"
        type="password"
        autoComplete="current-password"
        // biome-ignore lint/a11y/noAutofocus: whoever signs in again has an account already.
        autoFocus={props.account !== undefined}
        value={password}
        aria-describedby={fault === undefined ? undefined : `${id}f`}
        onChange={(event) => setPassword(event.target.value)}
      />
      <p className="st-fault" id={`${id}f`} role="alert">
        {fault}
      </p>
      <Act name={t('signIn.go')} keys={['Enter']} tone="primary" type="submit" busy={busy} />
    </form>
  );
}
