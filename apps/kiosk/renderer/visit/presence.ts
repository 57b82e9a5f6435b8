import { assign, setup } from 'xstate';

/** Milliseconds. */
export interface Patience {
  /** Without a touch until the screen asks. */
  readonly idle: number;
  /** From the question to the end. */
  readonly countdown: number;
}

export const usualPatience: Patience = { idle: 60_000, countdown: 30_000 };

type PresenceEvent =
  | { readonly type: 'touch' }
  /** Something began or ended that must not be interrupted: signing, scanning, a page that prints. */
  | { readonly type: 'hold' }
  | { readonly type: 'release' };

/**
 * Whether somebody is there. Nobody is asked for while something holds; when the last hold is released the
 * waiting begins anew. Final when the countdown ran out.
 */
export const presence = setup({
  types: {
    context: {} as { readonly patience: Patience; readonly holds: number; readonly left: number },
    events: {} as PresenceEvent,
    input: {} as Patience,
  },
  delays: {
    idle: ({ context }) => context.patience.idle,
    second: 1000,
  },
  guards: {
    held: ({ context }) => context.holds > 0,
    lastSecond: ({ context }) => context.left <= 1,
  },
  actions: {
    hold: assign({ holds: ({ context }) => context.holds + 1 }),
    release: assign({ holds: ({ context }) => Math.max(0, context.holds - 1) }),
    fill: assign({ left: ({ context }) => Math.ceil(context.patience.countdown / 1000) }),
    count: assign({ left: ({ context }) => context.left - 1 }),
  },
}).createMachine({
  id: 'presence',
  context: ({ input }) => ({ patience: input, holds: 0, left: 0 }),
  initial: 'here',
  states: {
    here: {
      after: { idle: [{ guard: 'held', target: 'here', reenter: true }, { target: 'asked' }] },
      on: {
        touch: { target: 'here', reenter: true },
        hold: { actions: 'hold' },
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
