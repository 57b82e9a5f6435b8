import { type ActorRefFrom, createActor } from 'xstate';
import type { Terminal } from '../terminal/terminal.ts';
import { openTerminal } from '../terminal/terminal.ts';
import { visitOn } from './actors.ts';
import type { visitMachine } from './machine.ts';
import { type Patience, presence, usualPatience } from './presence.ts';

/** One visit on the terminal. It lives as long as this document; a fresh page begins the next. */
export interface Session {
  readonly terminal: Terminal;
  readonly visit: ActorRefFrom<typeof visitMachine>;
  readonly presence: ActorRefFrom<typeof presence>;
}

export async function openSession(): Promise<Session> {
  const terminal = await openTerminal();
  const visit = createActor(visitOn(terminal)).start();
  const here = createActor(presence, { input: patience(terminal) });
  here.subscribe({ complete: () => visit.send({ type: 'end' }) });
  // A machine that waits at its first screen has nobody to ask. A card put down begins a visit without any touch.
  addEventListener('pointerdown', () => here.start(), { once: true, capture: true });
  addEventListener('keydown', () => here.start(), { once: true, capture: true });
  const begun = visit.subscribe((state) => {
    if (state.matches('home')) return;
    begun.unsubscribe();
    here.start();
  });
  return { terminal, visit, presence: here };
}

/** A demonstration may shorten the waiting: `?idle=SECONDS&countdown=SECONDS`. */
function patience(terminal: Terminal): Patience {
  if (terminal.hands === undefined) return usualPatience;
  const asked = new URLSearchParams(location.search);
  const seconds = (name: string) => Number(asked.get(name)) * 1000 || undefined;
  return {
    ...usualPatience,
    idle: seconds('idle') ?? usualPatience.idle,
    countdown: seconds('countdown') ?? usualPatience.countdown,
  };
}
