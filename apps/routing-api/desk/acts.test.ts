import type { CaseState } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import { expect, test } from 'vitest';
import { barActs } from './acts.ts';

function caseIn(state: CaseState, actions: readonly string[], gap = false): CaseDetail {
  const row = {
    caseNumber: '32019992026112300000000000A',
    receiptNumber: '32019992026112300000000000A',
    item: 'residence-permit',
    applicant: '丁小禾',
    state,
    department: 'police',
    gap,
    receivedAt: '2026-11-23T06:00:00.000Z',
    updatedAt: '2026-11-23T06:00:00.000Z',
  };
  return {
    row,
    status: { ...row, rule: 0, events: [] },
    siblings: [],
    answers: [],
    evidence: [],
    filing: { mode: 'self' },
    materials: [],
    papers: [],
    register: [],
    notes: [],
    events: [],
    actions: [...actions],
  };
}

const seen = (detail: CaseDetail) =>
  barActs(detail).map(({ key, action, closed }) => `${key} ${action} ${closed ?? 'open'}`);

test('before acceptance A accepts and R refuses', () => {
  expect(seen(caseIn('received', ['accept', 'request-supplement', 'refuse']))).toEqual([
    'A accept open',
    'B request-supplement open',
    'S begin-special-procedure accept-first',
    'R refuse open',
  ]);
});

test('after acceptance A grants and R denies', () => {
  const actions = ['grant', 'deny', 'request-supplement', 'begin-special-procedure'];
  expect(seen(caseIn('accepted', actions))).toEqual([
    'A grant open',
    'B request-supplement open',
    'S begin-special-procedure open',
    'R deny open',
  ]);
});

test('an open promise closes granting alone, and says so', () => {
  const actions = ['grant', 'deny', 'request-supplement', 'begin-special-procedure'];
  expect(seen(caseIn('accepted', actions, true))).toEqual([
    'A grant gap-open',
    'B request-supplement open',
    'S begin-special-procedure open',
    'R deny open',
  ]);
});

test('during a special procedure S ends it and the others wait for that', () => {
  expect(seen(caseIn('special-procedure', ['end-special-procedure']))).toEqual([
    'A grant end-special-first',
    'B request-supplement end-special-first',
    'S end-special-procedure open',
    'R deny end-special-first',
  ]);
});

test.each([
  ['awaiting-confirmation', 'awaiting-confirmation'],
  ['waiting', 'awaiting-item'],
  ['supplement-requested', 'awaiting-supplement'],
] as const)('in %s every act says that the case %s', (state, closed) => {
  expect(barActs(caseIn(state, [])).map((act) => act.closed)).toEqual([
    closed,
    closed,
    closed,
    closed,
  ]);
});
