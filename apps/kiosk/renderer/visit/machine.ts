import type {
  BeginFailure,
  IdentityEvidence,
  Language,
  Receipt,
  Result,
  Target,
  Visit,
} from '@tongban/core';
import type { HandoverFailure, VisitSpace } from '@tongban/sync';
import { assign, fromPromise, setup } from 'xstate';

/** How somebody looks for what they came for. */
export type Way = 'event' | 'department' | 'search';

/** A visit that stands: the application and the space it lies in. */
export interface Opened {
  readonly visit: Visit;
  readonly space: VisitSpace;
}

interface Context {
  readonly way: Way;
  /** Life event or department that was touched. */
  readonly within: string | undefined;
  readonly target: Target | undefined;
  readonly language: Language;
  readonly code: string | undefined;
  readonly opened: Opened | undefined;
  /** Who this visit's person is, so that a second application need not ask again. */
  readonly evidence: IdentityEvidence | undefined;
  /** Spaces of applications of this visit that are done; they end with it. */
  readonly done: readonly VisitSpace[];
  /** Receipt that was shown to the camera at the home. */
  readonly receipt: Receipt | undefined;
  readonly failure: BeginFailure | HandoverFailure | undefined;
  /** What no screen has words for; the boundary around the screens begins afresh. */
  readonly bug: unknown;
}

export type VisitEvent =
  | { readonly type: 'choose'; readonly way: Way; readonly within?: string }
  | { readonly type: 'take'; readonly target: Target; readonly language: Language }
  | { readonly type: 'resume' }
  | { readonly type: 'code'; readonly code: string }
  | { readonly type: 'ask'; readonly receipt?: Receipt }
  | { readonly type: 'print'; readonly receipt?: Receipt }
  | { readonly type: 'identified'; readonly evidence: IdentityEvidence }
  | { readonly type: 'give' }
  | { readonly type: 'given' }
  | { readonly type: 'rate' }
  | { readonly type: 'another' }
  | { readonly type: 'back' }
  | { readonly type: 'end' };

export interface BeginInput {
  readonly target: Target;
  readonly language: Language;
  readonly evidence: IdentityEvidence | undefined;
}
export interface EndInput {
  readonly spaces: readonly VisitSpace[];
}

/**
 * Back to the home. Who touches it there next may be somebody else, so it is the end of the visit as soon as anything
 * of a person is held: nobody may be greeted as the one before them.
 */
const home = [
  { guard: 'holdsSomebody', target: '#visit.ending' },
  { target: '#visit.home' },
] as const;

/**
 * One visit at the terminal, from the first touch to the fresh page. What it does to the machine comes in as
 * actors: `begin` an application, `resume` one from another device, `end` everything. None of them can hold anybody up:
 * what they cannot do has a way on, and ending has a time after which the page goes whatever they answer.
 */
export const visitMachine = setup({
  types: { context: {} as Context, events: {} as VisitEvent },
  actors: {
    begin: fromPromise<Result<Opened, BeginFailure>, BeginInput>(async () => notProvided()),
    resume: fromPromise<Result<Opened, BeginFailure | HandoverFailure>, { code: string }>(
      async () => notProvided(),
    ),
    leave: fromPromise<void, { space: VisitSpace }>(async () => notProvided()),
    end: fromPromise<void, EndInput>(async () => notProvided()),
  },
  delays: { longestEnding: 10_000 },
  actions: {
    /** Replaces this document by a fresh one. */
    leavePage: notProvided,
    breakOff: assign({ bug: ({ event }) => ('error' in event ? event.error : undefined) }),
    /** Who this is, and that they have not yet said what they came for. */
    greet: assign(({ event, context }) => ({
      evidence: event.type === 'identified' ? event.evidence : context.evidence,
      way: 'event',
      within: undefined,
    })),
  },
  guards: {
    holdsSomebody: ({ context }) =>
      context.evidence !== undefined || context.done.length > 0 || context.opened !== undefined,
  },
}).createMachine({
  id: 'visit',
  context: {
    way: 'event',
    within: undefined,
    target: undefined,
    language: 'zh-CN',
    code: undefined,
    opened: undefined,
    evidence: undefined,
    done: [],
    receipt: undefined,
    failure: undefined,
    bug: undefined,
  },
  initial: 'home',
  on: {
    end: '.ending',
    identified: { actions: assign({ evidence: ({ event }) => event.evidence }) },
  },
  states: {
    home: {
      entry: assign({ failure: undefined, receipt: undefined, code: undefined }),
      on: {
        identified: { target: '#visit.choosing', actions: 'greet' },
        choose: {
          target: 'choosing',
          actions: assign({
            way: ({ event }) => event.way,
            within: ({ event }) => event.within,
          }),
        },
        resume: 'resuming',
        code: { target: 'resuming.taking', actions: assign({ code: ({ event }) => event.code }) },
        ask: { target: 'asking', actions: assign({ receipt: ({ event }) => event.receipt }) },
        print: { target: 'printing', actions: assign({ receipt: ({ event }) => event.receipt }) },
      },
    },
    choosing: {
      on: {
        choose: {
          actions: assign({
            way: ({ event }) => event.way,
            within: ({ event }) => event.within,
            failure: undefined,
          }),
        },
        take: {
          target: 'beginning',
          actions: assign({
            target: ({ event }) => event.target,
            language: ({ event }) => event.language,
          }),
        },
        back: home,
      },
    },
    beginning: {
      invoke: {
        src: 'begin',
        input: ({ context }) => ({
          target: context.target as Target,
          language: context.language,
          evidence: context.evidence,
        }),
        onDone: [
          {
            guard: ({ event }) => event.output.ok,
            target: 'applying',
            actions: assign({
              opened: ({ event }) => (event.output.ok ? event.output.value : undefined),
              failure: undefined,
            }),
          },
          {
            target: 'choosing',
            actions: assign({
              failure: ({ event }) => (event.output.ok ? undefined : event.output.error),
            }),
          },
        ],
        onError: { target: 'broken', actions: 'breakOff' },
      },
    },
    resuming: {
      initial: 'showing',
      entry: assign({ failure: undefined }),
      states: {
        showing: {
          on: {
            code: { target: 'taking', actions: assign({ code: ({ event }) => event.code }) },
          },
        },
        taking: {
          // What is on its way from the other device would come into a visit that nobody ends.
          on: { back: {} },
          invoke: {
            src: 'resume',
            input: ({ context }) => ({ code: context.code ?? '' }),
            onDone: [
              {
                guard: ({ event }) => event.output.ok,
                target: '#visit.applying',
                actions: assign({
                  opened: ({ event }) => (event.output.ok ? event.output.value : undefined),
                  failure: undefined,
                }),
              },
              {
                target: 'showing',
                actions: assign({
                  failure: ({ event }) => (event.output.ok ? undefined : event.output.error),
                }),
              },
            ],
            onError: { target: '#visit.broken', actions: 'breakOff' },
          },
        },
      },
      on: {
        back: home,
        identified: { target: '#visit.choosing', actions: 'greet' },
        ask: { target: 'asking', actions: assign({ receipt: ({ event }) => event.receipt }) },
      },
    },
    applying: {
      initial: 'journey',
      states: {
        journey: {
          on: { give: 'giving', rate: 'rating' },
        },
        giving: { on: { back: 'journey', given: '#visit.ending' } },
        rating: { on: { back: 'journey' } },
      },
      on: {
        back: 'leaving',
        another: {
          target: 'choosing',
          actions: assign({
            done: ({ context }) =>
              context.opened ? [...context.done, context.opened.space] : context.done,
            opened: undefined,
            way: 'event',
            within: undefined,
          }),
        },
      },
    },
    leaving: {
      invoke: {
        src: 'leave',
        input: ({ context }) => ({ space: (context.opened as Opened).space }),
        onDone: { target: 'choosing', actions: assign({ opened: undefined }) },
        // What could not be destroyed must not lie under somebody's next application: all of it is ended.
        onError: 'ending',
      },
    },
    asking: { on: { back: home } },
    printing: { on: { back: home } },
    ending: {
      invoke: {
        src: 'end',
        input: ({ context }) => ({
          spaces: [...context.done, ...(context.opened ? [context.opened.space] : [])],
        }),
        onDone: 'ended',
        // The keys go first. Whatever is left is noise, and the next page ends what it finds before anybody sees it.
        onError: 'ended',
      },
      after: { longestEnding: 'ended' },
      // Whoever touches "end" twice ends once.
      on: { end: {} },
    },
    broken: {},
    ended: { type: 'final', entry: 'leavePage' },
  },
});

function notProvided(): never {
  throw new Error('The visit machine needs its actors');
}
