import { concludedStates, type OutboxState, type PublicStatus } from '@tongban/core';

/** One mark of a progress line. */
export type Mark = 'done' | 'now' | 'later';

/** What the phone knows of one application that was handed in. */
export interface Handed {
  /** Absent once the sender has forgotten it, and for a receipt that came from another machine. */
  readonly outbox: OutboxState | undefined;
  /** Absent while the centre has told nothing. */
  readonly cases: readonly PublicStatus[] | undefined;
}

/** Where an application stands, in the order in which it matters to the person. */
export type Standing =
  /** Not sent yet: on this phone only. */
  | { readonly at: 'here' }
  /** The centre has it and has said nothing more. */
  | { readonly at: 'arrived' }
  /** The centre will not take it as it is; staff look after it. */
  | { readonly at: 'set-aside' }
  /** Nothing is known on this phone: the receipt came from elsewhere. */
  | { readonly at: 'unknown' }
  | {
      readonly at: 'known';
      readonly concluded: number;
      readonly all: number;
      /** The case to speak of: one that waits for the person first, then the one under work. */
      readonly current: PublicStatus;
    };

export function standing({ outbox, cases }: Handed): Standing {
  const current = cases === undefined ? undefined : currentOf(cases);
  if (cases !== undefined && current !== undefined)
    return { at: 'known', concluded: cases.filter(isConcluded).length, all: cases.length, current };
  switch (outbox?.at) {
    case undefined:
      return { at: 'unknown' };
    case 'saved':
    case 'sending':
      return { at: 'here' };
    case 'received':
      return { at: 'arrived' };
    case 'set-aside':
      return { at: 'set-aside' };
  }
}

export function isConcluded(status: PublicStatus): boolean {
  return concludedStates.includes(status.state);
}

/** Under work before waiting for another case; where all are concluded the last one that was. */
const urgency: readonly PublicStatus['state'][] = [
  'supplement-requested',
  'awaiting-confirmation',
  'special-procedure',
  'accepted',
  'received',
  'waiting',
];

function currentOf(cases: readonly PublicStatus[]): PublicStatus | undefined {
  for (const state of urgency) {
    const found = cases.find((status) => status.state === state);
    if (found !== undefined) return found;
  }
  return cases.toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt)).at(-1);
}

/** Marks of the progress line: an item each for a bundle; sent, received, accepted, concluded for one item. */
export function marks({ outbox, cases }: Handed): readonly Mark[] {
  const stand = standing({ outbox, cases });
  if (stand.at === 'known' && stand.all > 1) {
    return (cases ?? []).map((status) =>
      isConcluded(status) ? 'done' : status === stand.current ? 'now' : 'later',
    );
  }
  const reached = stand.at === 'known' ? stageOf(stand.current) : stand.at === 'here' ? 0 : 1;
  return [0, 1, 2, 3].map((stage) =>
    stage < reached ? 'done' : stage === reached ? 'now' : 'later',
  );
}

/** 4 when everything is behind. */
function stageOf(status: PublicStatus): number {
  if (isConcluded(status)) return 4;
  return status.events.some((event) => event.kind === 'accepted') ? 2 : 1;
}

/** The open request for more: what is missing and until when. */
export interface Asked {
  readonly status: PublicStatus;
  readonly at: string;
  readonly reasons: readonly string[];
  readonly materials: readonly string[];
  /** ISO day. */
  readonly until: string;
}

export function askedOf(cases: readonly PublicStatus[] | undefined): Asked | undefined {
  for (const status of cases ?? []) {
    if (status.state !== 'supplement-requested') continue;
    const event = status.events.findLast((each) => each.kind === 'supplement-requested');
    if (event?.kind === 'supplement-requested')
      return {
        status,
        at: event.at,
        reasons: event.reasons,
        materials: event.materials,
        until: event.until,
      };
  }
  return undefined;
}
