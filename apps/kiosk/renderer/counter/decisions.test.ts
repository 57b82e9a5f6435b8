import type { CaseState } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import { expect, test } from 'vitest';
import { choiceCards, partsOf } from './decisions.ts';
import type { Merged } from './merged.ts';

interface Told {
  readonly item: string;
  readonly state?: CaseState;
  readonly actions: readonly string[];
  readonly promised?: readonly string[];
  readonly provided?: readonly string[];
  readonly correction?: string;
}

function detail(told: Told): CaseDetail {
  const row = {
    caseNumber: told.item,
    receiptNumber: 'R',
    item: told.item,
    applicant: '丁小禾',
    state: told.state ?? 'received',
    department: 'police',
    gap: false,
    receivedAt: '2026-11-23T06:00:00.000Z',
    updatedAt: '2026-11-23T06:00:00.000Z',
    ...(told.correction === undefined ? {} : { correction: told.correction }),
  };
  const material = (state: 'promised' | 'provided') => (id: string) => ({
    material: id,
    state,
    files: [],
  });
  return {
    row,
    status: { ...row, rule: 0, events: [] },
    siblings: [],
    answers: [],
    evidence: [],
    filing: { mode: 'self' },
    materials: [
      ...(told.promised ?? []).map(material('promised')),
      ...(told.provided ?? []).map(material('provided')),
    ],
    papers: [],
    register: [],
    notes: [],
    events: [],
    actions: [...told.actions],
  };
}

function merged(...told: [Told, ...Told[]]): Merged {
  const [first, ...others] = told.map(detail);
  const cases = [first as CaseDetail, ...others] as const;
  return {
    cases,
    answers: [],
    materials: cases.flatMap((one) => one.materials),
    papers: [],
    register: [],
    corrections: [],
    notes: [],
    replies: [],
    trail: [],
    caseOf: new Map(),
  };
}

const cards = (of: Merged) =>
  choiceCards(of).map(({ choice, closed }) => `${choice}: ${closed ?? 'open'}`);
const received = ['accept', 'accept-with-gap', 'request-supplement', 'refuse'];

test('with everything here, F8 accepts and F9 says that nothing is missing', () => {
  expect(
    cards(merged({ item: 'residence-permit', actions: received, provided: ['photo'] })),
  ).toEqual([
    'accept: open',
    'accept-with-gap: no-gap',
    'request-supplement: open',
    'refuse: open',
  ]);
});

test('with a promise, F8 says what is missing and F9 is open', () => {
  const actions = ['accept-with-gap', 'request-supplement', 'refuse'];
  expect(
    cards(merged({ item: 'residence-permit', actions, promised: ['lease-record'] })).slice(0, 2),
  ).toEqual(['accept: gap', 'accept-with-gap: open']);
});

test('accepting a bundle with a gap accepts whole what lacks nothing, and leaves alone what waits', () => {
  const bundle = merged(
    { item: 'birth-certificate', actions: received, promised: ['father-id'] },
    { item: 'vaccination-certificate', actions: received, provided: ['birth-page'] },
    { item: 'medical-insurance', state: 'waiting', actions: [] },
  );
  expect(
    partsOf('accept-with-gap', bundle).map((part) => [
      part.detail.row.item,
      part.action,
      part.materials,
    ]),
  ).toEqual([
    ['birth-certificate', 'accept-with-gap', ['father-id']],
    ['vaccination-certificate', 'accept', []],
  ]);
});

test('a supplement goes to the cases that its materials belong to, words alone go to all', () => {
  const bundle = merged(
    { item: 'birth-certificate', actions: received, promised: ['father-id'] },
    { item: 'household-registration', actions: received, provided: ['register'] },
  );
  const items = (materials: readonly string[]) =>
    partsOf('request-supplement', bundle, materials).map((part) => part.detail.row.item);
  expect(items(['register'])).toEqual(['household-registration']);
  expect(items([])).toEqual(['birth-certificate', 'household-registration']);
});

test('a declared identity is confirmed before anything else', () => {
  const declared = merged({
    item: 'residence-permit',
    state: 'awaiting-confirmation',
    actions: ['confirm-identity'],
  });
  expect(cards(declared)).toEqual([
    'confirm-identity: open',
    'accept: confirm-first',
    'accept-with-gap: confirm-first',
    'request-supplement: confirm-first',
    'refuse: confirm-first',
  ]);
});

test('an identity is confirmed once for the whole submission', () => {
  const declared = { state: 'awaiting-confirmation', actions: ['confirm-identity'] } as const;
  const bundle = merged(
    { item: 'birth-certificate', ...declared },
    { item: 'household-registration', ...declared },
  );
  expect(partsOf('confirm-identity', bundle).map((part) => part.detail.row.item)).toEqual([
    'birth-certificate',
  ]);
});

test('an open correction comes before everything', () => {
  const faulty = merged({
    item: 'residence-permit',
    actions: ['resolve-correction'],
    correction: 'answers',
  });
  expect(cards(faulty).slice(0, 2)).toEqual(['resolve-correction: open', 'accept: correct-first']);
});
