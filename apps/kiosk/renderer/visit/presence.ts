import type { Hold } from '@tongban/ui';
import { assign, setup } from 'xstate';

/** How long the terminal waits for somebody, in milliseconds. */
export interface Patience {
  /** Without a touch until the screen asks. */
  readonly idle: number;
  /** The same while something goes on that has fewer touches: a hand that signs, a camera, a page that prints. */
  readonly holds: Readonly<Record<Hold, number>>;
  /** From the question to the end. */
  readonly countdown: number;
}

export const usualPatience: Patience = {
  idle: 60_000,
  holds: { signing: 180_000, scanning: 120_000, printing: 120_000 },
  countdown: 30_000,
};

type PresenceEvent =
  /** A touch, a key, a stroke on the line. */
  | { readonly type: 'touch' }
  | { readonly type: 'hold'; readonly why: Hold }
  | { readonly type: 'release'; readonly why: Hold };

interface Context {
  readonly patience: Patience;
  readonly holds: readonly Hold[];
  /** Seconds until the end. */
  readonly left: number;
}

/**
 * Whether somebody is there. A hold lengthens the waiting and never stops it: a visit that was left at the line to
 * sign on ends, too. What a camera sees is no touch, since a poster behind the person would keep a visit open for
 * ever. Final when the countdown ran out.
 */
export const presence = setup({
  types: { context: {} as Context, events: {} as PresenceEvent, input: {} as Patience },
  delays: {
    waiting: ({ context: { patience, holds } }) =>
      Math.max(patience.idle, ...holds.map((why) => patience.holds[why])),
    second: 1000,
  },
  guards: {
    lastSecond: ({ context }) => context.left <= 1,
  },
  actions: {
    hold: assign({
      holds: ({ context: { holds }, event }) =>
        event.type === 'hold' ? [...holds, event.why] : holds,
    }),
    release: assign({
      holds: ({ context: { holds }, event }) =>
        event.type === 'release' ? without(holds, event.why) : holds,
    }),
    fill: assign({ left: ({ context }) => Math.ceil(context.patience.countdown / 1000) }),
    count: assign({ left: ({ context }) => context.left - 1 }),
  },
}).createMachine({
  id: 'presence',
  context: ({ input }) => ({ patience: input, holds: [], left: 0 }),
  initial: 'here',
  states: {
    here: {
      after: { waiting: 'asked' },
      on: {
        touch: { target: 'here', reenter: true },
        hold: { target: 'here', reenter: true, actions: 'hold' },
        release: { target: 'here', reenter: true, actions: 'release' },
      },
    },
    asked: {
      entry: 'fill',
      initial: 'counting',
      states: {
        counting: {
          after: {
            second: [
              { guard: 'lastSecond', target: '#presence.gone' },
              { target: 'counting', reenter: true, actions: 'count' },
            ],
          },
        },
      },
      on: {
        touch: 'here',
        hold: { target: 'here', actions: 'hold' },
        release: { actions: 'release' },
      },
    },
    gone: { type: 'final' },
  },
});

/** One hold of this kind less: a page may print while a camera is at work, and a camera twice. */
function without(holds: readonly Hold[], why: Hold): readonly Hold[] {
  const at = holds.lastIndexOf(why);
  return at < 0 ? holds : holds.toSpliced(at, 1);
}
