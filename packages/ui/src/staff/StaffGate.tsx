import type { Catalogue } from '@tongban/core';
import type { Who } from '@tongban/sync/protocol';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Act } from './Act.tsx';
import type { StaffByCode } from './byCode.ts';
import type { StaffClient, StaffFault } from './client.ts';
import { faultWords } from './fault.ts';
import type { StaffOffline } from './offline.ts';
import { PinForm } from './PinForm.tsx';
import type { StaffPage } from './ProviderSignIn.tsx';
import { SignIn } from './SignIn.tsx';

/** Who is signed in, and what a page does when the centre says that it is over. */
export interface StaffSession {
  readonly who: Who;
  readonly catalogue: Catalogue;
  /** Told of every fault; an ended session asks for the password again, over the page as it is. */
  onFault(fault: StaffFault): void;
  signOut(): void;
}

type Gate =
  | { readonly at: 'asking' }
  /** `unsent`: the centre could not be told of the leaving, its session runs on. */
  | { readonly at: 'outside'; readonly unsent: boolean }
  | { readonly at: 'fault'; readonly fault: StaffFault }
  /** There is no line; somebody of these may have a PIN here. */
  | { readonly at: 'pin'; readonly accounts: readonly string[] }
  | { readonly at: 'elsewhere'; readonly who: Who }
  | { readonly at: 'inside'; readonly who: Who; readonly catalogue: Catalogue };

/**
 * Lets staff of the right role in. When the session ends while they work, the page stays as it is under the
 * dialog, and nothing typed is lost; when somebody else signs in there, the page begins anew.
 */
export function StaffGate(props: {
  readonly client: StaffClient;
  readonly page: StaffPage;
  readonly title: string;
  readonly lead: string;
  readonly roles: readonly Who['role'][];
  /** Lets in by PIN while the centre cannot be reached. */
  readonly offline?: StaffOffline;
  /** Signs in where no page of the identity provider can be shown. */
  readonly byCode?: StaffByCode;
  /** Under the form, e.g. the choice of language. */
  readonly foot?: ReactNode;
  children(session: StaffSession): ReactNode;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { client, roles, offline } = props;
  const [gate, setGate] = useState<Gate>({ at: 'asking' });
  const [again, setAgain] = useState(false);

  const enter = useCallback(
    async (who: Who) => {
      setAgain(false);
      if (!roles.includes(who.role)) {
        setGate({ at: 'elsewhere', who });
        return;
      }
      offline?.signedIn(who.account);
      const answer = await client.catalogue();
      if (answer.ok) setGate({ at: 'inside', who, catalogue: answer.value });
      else setGate({ at: 'fault', fault: answer.error });
    },
    [client, roles, offline],
  );

  const entered = useCallback((who: Who) => void enter(who), [enter]);

  const ask = useCallback(async () => {
    setGate({ at: 'asking' });
    const answer = await client.who();
    if (answer.ok) return enter(answer.value);
    if (answer.error.reason === 'signed-out') return setGate({ at: 'outside', unsent: false });
    const accounts = answer.error.reason === 'refused' ? [] : ((await offline?.accounts()) ?? []);
    if (accounts.length > 0) setGate({ at: 'pin', accounts });
    else setGate({ at: 'fault', fault: answer.error });
  }, [client, enter, offline]);

  useEffect(() => {
    void ask();
  }, [ask]);

  const onFault = useCallback((fault: StaffFault) => {
    if (fault.reason === 'signed-out') setAgain(true);
  }, []);

  const signOut = useCallback(async () => {
    // The page forgets at once, whether or not the centre hears of it.
    setGate({ at: 'outside', unsent: false });
    const answer = await client.signOut();
    if (!answer.ok && answer.error.reason !== 'signed-out')
      setGate({ at: 'outside', unsent: true });
  }, [client]);

  const lead = (account?: string) => {
    if (account !== undefined) return t('signIn.nothingLost');
    return gate.at === 'outside' && gate.unsent ? t('signIn.unsent') : props.lead;
  };
  const signIn = (account?: string) => (
    <SignIn
      client={client}
      page={props.page}
      {...(props.byCode === undefined ? {} : { byCode: props.byCode })}
      title={account === undefined ? props.title : t('signIn.again')}
      lead={lead(account)}
      {...(account === undefined ? {} : { account })}
      onSignedIn={entered}
    />
  );

  switch (gate.at) {
    case 'asking':
      return <main className="st-alone" aria-busy="true" data-screen="asking" />;
    case 'outside':
      return (
        <main className="st-alone" data-screen="sign-in">
          <div>
            {signIn()}
            {gate.unsent && offline !== undefined && (
              <Act name={t('terminal:pin.instead')} onPress={() => void ask()} />
            )}
            {props.foot}
          </div>
        </main>
      );
    case 'fault':
      return (
        <main className="st-alone" data-screen="fault">
          <div className="st-signin">
            <h1>{t('fault.title')}</h1>
            <p role="alert">{faultWords(gate.fault, t).text}</p>
            <Act name={t('again')} tone="primary" onPress={() => void ask()} />
          </div>
        </main>
      );
    case 'pin':
      return (
        <main className="st-alone" data-screen="pin">
          <div>
            {offline !== undefined && (
              <PinForm
                offline={offline}
                accounts={gate.accounts}
                onUnlocked={(unlocked) => setGate({ at: 'inside', ...unlocked })}
                onLine={() => void ask()}
              />
            )}
            {props.foot}
          </div>
        </main>
      );
    case 'elsewhere':
      return (
        <main className="st-alone" data-screen="elsewhere">
          <div className="st-signin">
            <h1>{t('elsewhere.title')}</h1>
            <p>{t(`elsewhere.${gate.who.role}`, { name: gate.who.name })}</p>
            <Act name={t('signOut')} tone="primary" onPress={() => void signOut()} />
          </div>
        </main>
      );
    case 'inside':
      return (
        <>
          <div className="st-page" key={gate.who.account}>
            {props.children({
              who: gate.who,
              catalogue: gate.catalogue,
              onFault,
              signOut: () => void signOut(),
            })}
          </div>
          {again && <OverPage>{signIn(gate.who.account)}</OverPage>}
        </>
      );
    default:
      return gate satisfies never;
  }
}

/** A dialog that cannot be dismissed: without a session there is nothing to go back to. */
function OverPage({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation('staff');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="st-dialog"
      aria-label={t('signIn.again')}
      onCancel={(event) => event.preventDefault()}
    >
      {children}
    </dialog>
  );
}
