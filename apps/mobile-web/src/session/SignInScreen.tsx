import { readSignInRefusal, type SignInWays } from '@tongban/sync/protocol';
import { Primary, Screen, Second } from '@tongban/ui';
import { type SyntheticEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';
import { back } from '../route/useRoute.ts';
import { type Citizen, signIn, signOut, waysToSignIn, whoIsSignedIn } from './session.ts';

/** Signing in is never needed to apply; it opens the private half of a notice without the ID number. */
export function SignInScreen() {
  const { t } = useTranslation();
  const [citizen, setCitizen] = useState<Citizen>();
  const [ways, setWays] = useState<SignInWays | 'asking'>('asking');
  const refused = useRefusal();

  useEffect(() => {
    void whoIsSignedIn().then(setCitizen);
    // Without a line the form stands there and says so when it is sent.
    void waysToSignIn().then((found) => setWays(found ?? { password: true, provider: false }));
  }, []);

  if (citizen !== undefined)
    return (
      <Screen
        name="sign-in"
        heading={t('phone:session.signedIn', { name: citizen.name })}
        lead={t('phone:session.signedInLead')}
        onBack={back}
        act={
          <Second
            icon="exit"
            onPress={() => void signOut().then((ended) => ended && setCitizen(undefined))}
          >
            {t('phone:session.signOut')}
          </Second>
        }
      />
    );
  if (ways === 'asking' || !ways.password) return <ProviderScreen ways={ways} refused={refused} />;
  return <SignInForm onSignedIn={setCitizen} provider={ways.provider} refused={refused} />;
}

/** The city's identity provider is the only way; until that is known there is nothing to press. */
function ProviderScreen(props: {
  readonly ways: SignInWays | 'asking';
  readonly refused: string | undefined;
}) {
  const { t } = useTranslation();
  const { ways, refused } = props;
  const known = ways !== 'asking';
  return (
    <Screen
      name="sign-in"
      heading={t('phone:session.heading')}
      lead={t('phone:session.lead')}
      onBack={back}
      act={
        known &&
        ways.provider && <Primary onPress={toProvider}>{t('phone:session.provider')}</Primary>
      }
    >
      <p className="fault" role="alert">
        {known && !ways.provider ? t('phone:session.fault.refused') : refused}
      </p>
    </Screen>
  );
}

function toProvider(): void {
  location.assign('/api/v1/session/provider?page=phone');
}

/** Why the provider's way came to nothing, in words. */
function useRefusal(): string | undefined {
  const { t } = useTranslation();
  const [{ why, rest }] = useState(() => readSignInRefusal(location.href));
  useEffect(() => {
    if (why !== undefined) history.replaceState(history.state, '', rest);
  }, [why, rest]);
  return why === undefined ? undefined : t(`phone:session.refused.${why}`);
}

function SignInForm({
  onSignedIn,
  provider,
  refused,
}: {
  readonly onSignedIn: (citizen: Citizen) => void;
  /** The identity provider is another way. */
  readonly provider: boolean;
  readonly refused: string | undefined;
}) {
  const { t } = useTranslation();
  const { demonstration } = usePhone().device.trust();
  const [account, setAccount] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const id = useId();

  const submit = async () => {
    setBusy(true);
    const answer = await signIn(account.trim(), password);
    setBusy(false);
    if (answer.ok) onSignedIn(answer.value);
    else setFault(t(`phone:session.fault.${answer.error}`));
  };

  return (
    <Screen
      name="sign-in"
      heading={t('phone:session.heading')}
      lead={t(demonstration ? 'phone:session.demonstrationLead' : 'phone:session.lead')}
      onBack={back}
      act={
        <Primary busy={busy} onPress={() => void submit()}>
          {t('phone:session.signIn')}
        </Primary>
      }
    >
      <form
        className="p-form"
        noValidate
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="field">
          <label className="field-label" htmlFor={`${id}a`}>
            {t('phone:session.account')}
          </label>
          <input
            id={`${id}a`}
            className="typed"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={account}
            aria-describedby={`${id}f`}
            onChange={(event) => setAccount(event.target.value)}
          />
        </div>
        <div className="field">
          <label className="field-label" htmlFor={`${id}p`}>
            {t('phone:session.password')}
          </label>
          <input
            id={`${id}p`}
            className="typed"
            type="password"
            autoComplete="current-password"
            value={password}
            aria-describedby={`${id}f`}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <p className="fault" id={`${id}f`} role="alert">
          {fault ?? refused}
        </p>
        {/* Enter in a field signs in; the bar below is the same act for the thumb. */}
        <button type="submit" className="spoken" tabIndex={-1}>
          {t('phone:session.signIn')}
        </button>
      </form>
      {provider && <Second onPress={toProvider}>{t('phone:session.provider')}</Second>}
    </Screen>
  );
}
