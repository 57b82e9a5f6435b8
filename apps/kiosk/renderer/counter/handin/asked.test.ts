import type { CaseState } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import { expect, test } from 'vitest';
import { askedOf } from './asked.ts';

function detail(
  state: CaseState,
  more: { gap?: boolean; until?: string; named?: readonly string[] },
): CaseDetail {
  const row = {
    caseNumber: 'C',
    receiptNumber: 'R',
    item: 'residence-permit',
    applicant: '丁小禾',
    state,
    department: 'police',
    gap: more.gap === true,
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
    materials: [
      { material: 'photo', state: 'provided', files: [] },
      {
        material: 'lease-record',
        state: 'promised',
        files: [],
        ...(more.until === undefined ? {} : { until: more.until }),
      },
    ],
    papers: [],
    register: [],
    notes: [],
    events:
      more.named === undefined
        ? []
        : [
            {
              kind: 'supplement-requested',
              at: '2026-11-23T07:00:00.000Z',
              reasons: ['illegible'],
              materials: [...more.named],
              until: '2026-12-07',
            },
          ],
    actions: [],
  };
}

test('a notice asks for the materials it names', () => {
  expect(askedOf([detail('supplement-requested', { named: ['photo'] })])).toEqual([
    { caseNumber: 'C', materials: ['photo'] },
  ]);
});

test('a notice of words alone may be answered with any material', () => {
  expect(askedOf([detail('supplement-requested', { named: [] })])).toEqual([
    { caseNumber: 'C', materials: ['photo', 'lease-record'] },
  ]);
});

test('a promise may be kept once the case is accepted, not before', () => {
  expect(askedOf([detail('accepted', { gap: true, until: '2026-12-07' })])).toEqual([
    { caseNumber: 'C', materials: ['lease-record'] },
  ]);
  expect(askedOf([detail('received', { gap: false })])).toEqual([]);
});

test('nothing is asked for a concluded case', () => {
  expect(askedOf([detail('granted', { gap: false, named: ['photo'] })])).toEqual([]);
});
