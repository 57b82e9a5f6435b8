import { expect, it } from 'vitest';
import { applyEvent, receivedCase } from './applyEvent.ts';
import { handedInInTime, lastDayFor } from './inTime.ts';
import type { CaseEvent, PublicStatus } from './state.ts';

const at = '2026-11-23T02:00:00.000Z';
const asked: CaseEvent = {
  kind: 'supplement-requested',
  at,
  reasons: ['illegible'],
  materials: ['lease'],
  until: '2026-12-07',
};
const accepted: CaseEvent = {
  kind: 'accepted',
  at,
  gaps: [
    { material: 'lease', until: '2026-12-07' },
    { material: 'photo', until: '2026-12-09' },
  ],
};
const returned: CaseEvent = { kind: 'returned', at };
const supplemented = (...materials: string[]): CaseEvent => ({
  kind: 'supplemented',
  at,
  materials,
});

function after(...events: readonly CaseEvent[]): PublicStatus {
  const about = { caseNumber: 'N', receiptNumber: 'N', item: 'permit', department: 'd', rule: 0 };
  return events.reduce(
    (status, event) => {
      const next = applyEvent(status, event, { time: { statutory: 20, promised: 5 } });
      if (!next.ok) throw new Error(event.kind);
      return next.value;
    },
    receivedCase(about, at),
  );
}

it('is asked of the notice that nobody answered, or of what was promised, before and after a return', () => {
  for (const end of [[], [returned]]) {
    expect(lastDayFor([asked, ...end], [])).toBe('2026-12-07');
    expect(lastDayFor([accepted, ...end], ['lease'])).toBe('2026-12-07');
    expect(lastDayFor([accepted, ...end], ['lease', 'photo'])).toBe('2026-12-09');
    expect(lastDayFor([accepted, ...end], ['other'])).toBeUndefined();
  }
});

it('ends with the day in China', () => {
  const { events } = after(asked, returned);
  expect(handedInInTime(events, [], new Date('2026-12-07T15:59:59.999Z'))).toBe(true);
  expect(handedInInTime(events, [], new Date('2026-12-07T16:00:00.000Z'))).toBe(false);
});

it('opens a returned case again where it stood', () => {
  expect(after(asked, returned, supplemented('lease')).state).toBe('received');
  const reviewed = after(accepted, returned, supplemented('lease'));
  expect([reviewed.state, reviewed.gap]).toEqual(['accepted', true]);
  expect(after(accepted, asked, returned, supplemented('lease')).state).toBe('accepted');
  expect(() => after(accepted, returned, supplemented('other'))).toThrow();
});
