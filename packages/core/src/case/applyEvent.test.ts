import { shippedCatalogue } from '@tongban/catalogue';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEvent, receivedCase } from './applyEvent.ts';
import { concludedStates } from './concluded.ts';
import type { CaseEvent, CaseState, PublicStatus } from './state.ts';
import { allowedIn, standingOf } from './transitions.ts';

const item = { time: { statutory: 15, promised: 5 } };
const received = receivedCase(
  { caseNumber: 'N', receiptNumber: 'N', item: 'residence-permit', department: 'police', rule: 2 },
  '2026-11-23T01:00:00.000Z',
);
const gap = { material: 'lease-record', until: '2026-12-07' };

/** Events with what they need, at ten o'clock in China on that day. */
function event(kind: CaseEvent['kind'], date = '2026-11-23', more: object = {}): CaseEvent {
  const needs: Partial<Record<CaseEvent['kind'], object>> = {
    'waiting-for': { items: ['birth-certificate'] },
    routed: { department: 'police-nanhu', rule: 0 },
    accepted: { gaps: [] },
    'supplement-requested': { reasons: ['illegible'], materials: ['photo'], until: '2026-12-07' },
    supplemented: { materials: ['photo'] },
    denied: { reasons: ['condition-not-met'] },
    refused: { reasons: ['out-of-scope'] },
  };
  return { kind, at: `${date}T02:00:00.000Z`, ...needs[kind], ...more } as CaseEvent;
}

function statusAfter(...events: readonly CaseEvent[]): PublicStatus {
  return events.reduce((status, next) => {
    const applied = applyEvent(status, next, item);
    if (!applied.ok) throw new Error(`${next.kind} is not allowed in ${status.state}`);
    return applied.value;
  }, received);
}

const paths: Readonly<Record<CaseState, readonly CaseEvent[]>> = {
  received: [],
  'awaiting-confirmation': [event('confirmation-needed')],
  waiting: [event('waiting-for')],
  accepted: [event('accepted')],
  'supplement-requested': [event('supplement-requested')],
  'special-procedure': [event('accepted'), event('special-procedure-began')],
  granted: [event('accepted'), event('granted')],
  denied: [event('accepted'), event('denied')],
  refused: [event('refused')],
  returned: [event('supplement-requested'), event('returned')],
  withdrawn: [event('withdrawn')],
};

/**
 * The procedure as the field tells it, written down here apart from the program's own table: what may happen in a
 * state, and where it leads. What is not named may not happen.
 */
const procedure: Readonly<Record<CaseState, Partial<Record<CaseEvent['kind'], CaseState>>>> = {
  // 收件: judged, sent on, sent back or given up; nothing is decided on what was not accepted.
  received: {
    'confirmation-needed': 'awaiting-confirmation',
    'waiting-for': 'waiting',
    routed: 'received',
    accepted: 'accepted',
    'supplement-requested': 'supplement-requested',
    refused: 'refused',
    withdrawn: 'withdrawn',
  },
  'awaiting-confirmation': {
    'identity-confirmed': 'received',
    'waiting-for': 'awaiting-confirmation',
    routed: 'awaiting-confirmation',
    refused: 'refused',
    withdrawn: 'withdrawn',
  },
  waiting: {
    'confirmation-needed': 'awaiting-confirmation',
    released: 'received',
    routed: 'waiting',
    refused: 'refused',
    withdrawn: 'withdrawn',
  },
  // 受理: from here on it is decided, no longer refused.
  accepted: {
    routed: 'accepted',
    'supplement-requested': 'supplement-requested',
    'special-procedure-began': 'special-procedure',
    granted: 'granted',
    denied: 'denied',
    withdrawn: 'withdrawn',
  },
  'supplement-requested': {
    supplemented: 'received',
    returned: 'returned',
    withdrawn: 'withdrawn',
  },
  'special-procedure': { 'special-procedure-ended': 'accepted', withdrawn: 'withdrawn' },
  granted: {},
  denied: {},
  refused: {},
  // An answer that was handed in in time may come late, from a terminal without a line.
  returned: { supplemented: 'received' },
  withdrawn: {},
};
/** What a promise (容缺) changes: its material may come in at any time, its end may pass, and nothing is granted before. */
const { granted: _, ...undecided } = procedure.accepted;
const withPromise: typeof procedure = {
  ...procedure,
  accepted: { ...undecided, supplemented: 'accepted', returned: 'returned' },
  'special-procedure': {
    ...procedure['special-procedure'],
    supplemented: 'special-procedure',
    returned: 'returned',
  },
  'supplement-requested': { ...procedure['supplement-requested'], supplemented: 'accepted' },
};
const kinds: readonly CaseEvent['kind'][] = [
  'received',
  'confirmation-needed',
  'identity-confirmed',
  'waiting-for',
  'released',
  'routed',
  'accepted',
  'supplement-requested',
  'supplemented',
  'special-procedure-began',
  'special-procedure-ended',
  'granted',
  'denied',
  'refused',
  'returned',
  'withdrawn',
];
const states = Object.keys(paths) as CaseState[];

/** Where each kind of event leads from a status; those that may not happen are left out. */
function led(status: PublicStatus, more: object = {}) {
  const outcomes = kinds.flatMap((kind) => {
    const applied = applyEvent(status, event(kind, '2026-11-24', more), item);
    return applied.ok ? [[kind, applied.value.state] as const] : [];
  });
  return Object.fromEntries(outcomes);
}

describe('transitions', () => {
  it.each(states)('%s can be reached', (state) => {
    expect(statusAfter(...paths[state]).state).toBe(state);
  });

  it.each(states)('in %s happens what the procedure knows, and nothing else', (state) => {
    expect(led(statusAfter(...paths[state]))).toEqual(procedure[state]);
  });

  it.each(['accepted', 'supplement-requested', 'special-procedure'] as const)(
    'with a promise, in %s happens what the procedure knows, and nothing else',
    (state) => {
      const promised = event('accepted', '2026-11-23', { gaps: [gap] });
      const path = paths[state].filter(({ kind }) => kind !== 'accepted');
      const status = statusAfter(promised, ...path);
      // The promised material comes; what else an event carries does not matter here.
      const more = { materials: [gap.material] };
      expect(led(status, more)).toEqual(withPromise[state]);
    },
  );

  it('knows every kind of event', () => {
    expect(kinds.toSorted()).toEqual(Object.keys(allowedIn).toSorted());
  });

  it.each(concludedStates)('%s is the end, but for what comes late to a returned case', (state) => {
    const status = statusAfter(...paths[state]);
    const late = state === 'returned' ? ['supplemented'] : [];
    expect(kinds.filter((kind) => applyEvent(status, event(kind), item).ok)).toEqual(late);
    expect(status.due).toBeUndefined();
  });

  it('never leave a state that contradicts the events, whatever happens', () => {
    const one = fc
      .constantFrom(...kinds)
      .chain((kind) =>
        fc.constantFrom(
          event(kind),
          event('accepted', '2026-11-23', { gaps: [gap] }),
          event('supplemented', '2026-11-24', { materials: [gap.material] }),
        ),
      );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 14 }), (events) => {
        let status = received;
        for (const next of events) {
          const applied = applyEvent(status, next, item);
          if (applied.ok) status = applied.value;
        }
        const { state, promised } = standingOf(status.events);
        expect(status.state).toBe(state);
        expect(status.gap).toBe(promised.size > 0);
        expect(status.due === undefined).toBe(state !== 'accepted');
        if (state === 'granted') expect(promised.size).toBe(0);
      }),
    );
  });

  it('change nothing that was there', () => {
    const before = structuredClone(received);
    statusAfter(event('accepted'));
    expect(received).toEqual(before);
  });
});

describe('a bundle', () => {
  it('lets a case wait and be released', () => {
    expect(statusAfter(event('waiting-for'), event('released')).state).toBe('received');
  });

  it('waits also when identity is confirmed first, or released first', () => {
    const both = [event('confirmation-needed'), event('waiting-for')];
    expect(statusAfter(...both).state).toBe('awaiting-confirmation');
    expect(statusAfter(...both, event('identity-confirmed')).state).toBe('waiting');
    expect(statusAfter(...both, event('released')).state).toBe('awaiting-confirmation');
    expect(statusAfter(...both, event('released'), event('identity-confirmed')).state).toBe(
      'received',
    );
  });

  it('ends a case whose turn can never come', () => {
    expect(statusAfter(event('waiting-for'), event('refused')).state).toBe('refused');
  });
});

describe('routing', () => {
  it('names the department and the rule', () => {
    expect(statusAfter(event('routed'))).toMatchObject({
      department: 'police-nanhu',
      rule: 0,
      state: 'received',
    });
  });
});

describe('a gap (容缺)', () => {
  const accepted = event('accepted', '2026-11-23', { gaps: [gap] });

  it('lets review begin and holds the certificate back', () => {
    const status = statusAfter(accepted);
    expect(status).toMatchObject({ state: 'accepted', gap: true, due: '2026-11-30' });
    expect(applyEvent(status, event('granted'), item).ok).toBe(false);
  });

  it('closes when the material comes, without touching the clock', () => {
    const filled = event('supplemented', '2026-11-26', { materials: [gap.material] });
    const status = statusAfter(accepted, filled);
    expect(status).toMatchObject({ state: 'accepted', gap: false, due: '2026-11-30' });
    expect(statusAfter(accepted, filled, event('granted')).state).toBe('granted');
  });

  it('takes nothing that was not promised', () => {
    expect(applyEvent(statusAfter(accepted), event('supplemented'), item).ok).toBe(false);
  });

  it('closes in a special procedure too, whose clock goes on standing', () => {
    const filled = event('supplemented', '2026-11-26', { materials: [gap.material] });
    const status = statusAfter(accepted, event('special-procedure-began', '2026-11-24'), filled);
    expect(status).toMatchObject({ state: 'special-procedure', gap: false });
    expect(status.due).toBeUndefined();
  });

  it('ends the case when it is overdue', () => {
    expect(statusAfter(accepted, event('returned', '2026-12-08')).state).toBe('returned');
  });
});

describe('the clock', () => {
  it('runs from acceptance, whose day does not count', () => {
    expect(statusAfter(event('accepted', '2026-11-20')).due).toBe('2026-11-27');
  });

  it('does not begin before', () => {
    expect(received.due).toBeUndefined();
    const early = statusAfter(event('supplement-requested'), event('supplemented', '2026-11-26'));
    expect(early).toMatchObject({ state: 'received' });
    expect(early.due).toBeUndefined();
  });

  it('stands during a supplement and counts the rest afterwards', () => {
    const stopped = statusAfter(event('accepted'), event('supplement-requested', '2026-11-25'));
    expect(stopped.due).toBeUndefined();
    // Two of five days were used up; three are left after Thursday 3 December.
    const status = statusAfter(
      event('accepted'),
      event('supplement-requested', '2026-11-25'),
      event('supplemented', '2026-12-03'),
    );
    expect(status).toMatchObject({ state: 'accepted', due: '2026-12-08' });
  });

  it('loses nothing by a stop that is over the same day', () => {
    const status = statusAfter(
      event('accepted'),
      event('special-procedure-began', '2026-11-25'),
      event('special-procedure-ended', '2026-11-25'),
    );
    expect(status.due).toBe('2026-11-30');
  });

  it('stays overdue when it stops late', () => {
    const status = statusAfter(
      event('accepted', '2026-11-09'),
      event('supplement-requested', '2026-11-19'),
      event('supplemented', '2026-11-24'),
    );
    expect(status.due).toBe('2026-11-19');
  });

  it('says that an end in an unpublished year is not known', () => {
    const status = statusAfter(event('accepted', '2026-12-29'));
    expect(status.due).toBeUndefined();
    expect(status.dueUnknown).toBe(2027);
    const calendar = [{ year: 2027, off: ['2027-01-01'], worked: [] }];
    const known = applyEvent(received, event('accepted', '2026-12-29'), item, calendar);
    expect(known.ok && known.value).toMatchObject({ due: '2027-01-06' });
  });

  it('ends the same day where the promise is the same day', () => {
    const vaccination = shippedCatalogue.items.find(({ id }) => id === 'vaccination-certificate');
    const accepted = applyEvent(received, event('accepted'), vaccination ?? item);
    expect(accepted.ok && accepted.value.due).toBe('2026-11-23');
  });
});
