import { Primary, Screen, Second } from '@tongban/ui';
import { type SyntheticEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';
import { back } from '../route/useRoute.ts';
import { type Citizen, signIn, signOut, whoIsSignedIn } from './session.ts';

/** Signing in is never needed to apply; it opens the private half of a notice without the ID number. */
export function SignInScreen() {
  const { t } = useTranslation();
  const [citizen, setCitizen] = useState<Citizen>();

  useEffect(() => {
    void whoIsSignedIn().then(setCitizen);
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
  return <SignInForm onSignedIn={setCitizen} />;
}

function SignInForm({ onSignedIn }: { readonly onSignedIn: (citizen: Citizen) => void }) {
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
          {fault}
        </p>
        {/* Enter in a field signs in; the bar below is the same act for the thumb. */}
        <button type="submit" className="spoken" tabIndex={-1}>
          {t('phone:session.signIn')}
        </button>
      </form>
    </Screen>
  );
}
