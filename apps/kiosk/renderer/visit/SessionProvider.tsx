import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import type { SnapshotFrom } from 'xstate';
import type { visitMachine } from './machine.ts';
import type { presence } from './presence.ts';
import type { Session } from './session.ts';

const Context = createContext<Session | undefined>(undefined);

/** The visit on this terminal, for screens that stand once it is open. */
export function useSession(): Session {
  const session = use(Context);
  if (session === undefined) throw new Error('useSession outside of <SessionProvider>');
  return session;
}

export function useVisitState(): SnapshotFrom<typeof visitMachine> {
  const { visit } = useSession();
  return useSyncExternalStore(
    (listener) => visit.subscribe(listener).unsubscribe,
    () => visit.getSnapshot(),
  );
}

export function usePresence(): SnapshotFrom<typeof presence> {
  const { presence: here } = useSession();
  return useSyncExternalStore(
    (listener) => here.subscribe(listener).unsubscribe,
    () => here.getSnapshot(),
  );
}

interface SessionProviderProps {
  readonly children: ReactNode;
  /** Shown while keys and stores are opened. */
  readonly opening: ReactNode;
  /** Shown where this machine may keep nothing. */
  readonly refused: ReactNode;
}

/** Opens the terminal behind the first screen, once for this document. */
export function SessionProvider({ children, opening, refused }: SessionProviderProps) {
  const [session, setSession] = useState<Session>();
  const [failed, setFailed] = useState<{ readonly error: unknown }>();
  useEffect(() => {
    let gone = false;
    once().then(
      (opened) => gone || setSession(opened),
      (error: unknown) => gone || setFailed({ error }),
    );
    return () => {
      gone = true;
    };
  }, []);
  if (failed !== undefined) {
    if (isRefusal(failed.error)) return refused;
    throw failed.error;
  }
  if (session === undefined) return opening;
  return <Context value={session}>{children}</Context>;
}

let opened: Promise<Session> | undefined;

/** Development renders twice; keys and stores are opened once. */
function once(): Promise<Session> {
  opened ??= import('./session.ts').then(({ openSession }) => openSession());
  return opened;
}

/** What browsers throw where a page may keep nothing. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof DOMException &&
    ['SecurityError', 'InvalidStateError', 'UnknownError', 'QuotaExceededError'].includes(
      error.name,
    )
  );
}
