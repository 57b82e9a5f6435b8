import { readSignInRefusal, type SignInPage, type Who } from '@tongban/sync/protocol';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Act } from './Act.tsx';
import type { StaffClient } from './client.ts';

/** Pages of staff. */
export type StaffPage = Exclude<SignInPage, 'phone'>;

/**
 * Leads to the identity provider. Whoever signs in again goes there in a window beside: what they wrote stays on this
 * page, which looks who is signed in when they come back to it.
 */
export function ProviderSignIn(props: {
  readonly client: StaffClient;
  readonly page: StaffPage;
  readonly account?: string;
  /** There is no other way. */
  readonly alone: boolean;
  onSignedIn(who: Who): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { client, page, account, alone, onSignedIn } = props;
  const again = account !== undefined;
  const [{ why, rest }] = useState(() => readSignInRefusal(location.href));
  useEffect(() => {
    if (why !== undefined) history.replaceState(history.state, '', rest);
  }, [why, rest]);
  useEffect(() => {
    if (!again) return;
    const look = () => {
      void client.who().then((answer) => answer.ok && onSignedIn(answer.value));
    };
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, [again, client, onSignedIn]);
  const go = () => {
    const to = `/api/v1/session/provider?page=${page}`;
    if (again) open(to, '_blank', 'noopener');
    else location.assign(to);
  };
  return (
    <>
      <p className="st-fault" role="alert">
        {why !== undefined && t(`signIn.refused.${why}`)}
      </p>
      <Act name={t('signIn.provider')} {...(alone ? { tone: 'primary' } : {})} onPress={go} />
    </>
  );
}
