import type { CaseEvent, PublicStatus } from '@tongban/core';
import { expect, test } from 'vitest';
import { askedOf, marks, standing } from './stage.ts';

const at = '2026-11-24T02:00:00Z';

function status(
  item: string,
  state: PublicStatus['state'],
  events: CaseEvent[] = [],
): PublicStatus {
  return {
    caseNumber: `case of ${item}`,
    receiptNumber: 'receipt',
    item,
    department: 'police',
    rule: 0,
    state,
    gap: false,
    events: [{ kind: 'received', at }, ...events],
    updatedAt: at,
  };
}

const asking: CaseEvent = {
  kind: 'supplement-requested',
  at,
  reasons: ['unreadable'],
  materials: ['father-id'],
  until: '2026-12-07',
};

const newborn = [
  status('birth-certificate', 'granted'),
  status('vaccination-certificate', 'granted'),
  status('household-registration', 'supplement-requested', [
    { kind: 'accepted', at, gaps: [] },
    asking,
  ]),
  status('medical-insurance', 'waiting'),
  status('social-security-card', 'waiting'),
];

test.each([
  ['saved on the phone', { at: 'saved' }, { at: 'here' }, ['now', 'later', 'later', 'later']],
  [
    'on its way',
    { at: 'sending', sentBytes: 1, totalBytes: 2 },
    { at: 'here' },
    ['now', 'later', 'later', 'later'],
  ],
  [
    'received',
    { at: 'received', receivedAt: at },
    { at: 'arrived' },
    ['done', 'now', 'later', 'later'],
  ],
  [
    'set aside',
    { at: 'set-aside', reason: 'bad-signature' },
    { at: 'set-aside' },
    ['done', 'now', 'later', 'later'],
  ],
  ['from elsewhere', undefined, { at: 'unknown' }, ['done', 'now', 'later', 'later']],
] as const)('%s', (_, outbox, stand, line) => {
  expect(standing({ outbox, cases: undefined })).toEqual(stand);
  expect(marks({ outbox, cases: undefined })).toEqual(line);
});

test('one item goes through four stages', () => {
  const line = (one: PublicStatus) => marks({ outbox: undefined, cases: [one] });
  const accepted: CaseEvent = { kind: 'accepted', at, gaps: [] };
  expect(line(status('residence-permit', 'received'))).toEqual(['done', 'now', 'later', 'later']);
  expect(line(status('residence-permit', 'accepted', [accepted]))).toEqual([
    'done',
    'done',
    'now',
    'later',
  ]);
  expect(line(status('residence-permit', 'granted', [accepted]))).toEqual([
    'done',
    'done',
    'done',
    'done',
  ]);
});

test('a request for more before acceptance does not look accepted', () => {
  const one = status('residence-permit', 'supplement-requested', [asking]);
  expect(marks({ outbox: undefined, cases: [one] })).toEqual(['done', 'now', 'later', 'later']);
});

test('a bundle shows an item a mark and speaks of the one that waits for the person', () => {
  const stand = standing({ outbox: undefined, cases: newborn });
  expect(stand).toMatchObject({
    at: 'known',
    concluded: 2,
    all: 5,
    current: { item: 'household-registration' },
  });
  expect(marks({ outbox: undefined, cases: newborn })).toEqual([
    'done',
    'done',
    'now',
    'later',
    'later',
  ]);
});

test('what is asked for', () => {
  expect(askedOf(newborn)).toMatchObject({
    status: { item: 'household-registration' },
    reasons: ['unreadable'],
    materials: ['father-id'],
    until: '2026-12-07',
  });
});

test('an answered request asks no more', () => {
  const answered = status('household-registration', 'received', [
    asking,
    { kind: 'supplemented', at, materials: ['father-id'] },
  ]);
  expect(askedOf([answered])).toBeUndefined();
  expect(askedOf(undefined)).toBeUndefined();
});
