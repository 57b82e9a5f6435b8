import type { CaseEvent, CaseState } from '@tongban/core';
import { expect, test } from 'vitest';
import { toldBy } from './told.ts';

const day = (n: number) => `2026-11-${n}T06:00:00.000Z`;
const received: CaseEvent = { kind: 'received', at: day(10) };
const asked: CaseEvent = {
  kind: 'supplement-requested',
  at: day(11),
  reasons: ['unreadable'],
  materials: ['home-proof'],
  until: '2026-11-20',
};
const brought: CaseEvent = { kind: 'supplemented', at: day(12), materials: ['home-proof'] };
const accepted: CaseEvent = { kind: 'accepted', at: day(13), gaps: [] };
const denied: CaseEvent = { kind: 'denied', at: day(14), reasons: ['not-eligible'] };
/** Words written in the act of an event are a little later than it. */
const words = (n: number, text: string) => ({
  caseNumber: '1',
  at: `2026-11-${n}T06:00:00.003Z`,
  text,
  materials: [],
});
const asking = words(11, '租赁合同第二页看不清');
const told = (state: CaseState, events: CaseEvent[], notes = [asking]) =>
  toldBy({ row: { state }, events, notes });
const nothing = { reasons: [], materials: [] };

test('a supplement notice asks for what is still missing, with reasons, last day and words', () => {
  expect(told('supplement-requested', [received, asked])).toEqual({
    reasons: ['unreadable'],
    materials: ['home-proof'],
    until: '2026-11-20',
    words: '租赁合同第二页看不清',
  });
});

test('an answered supplement is on no notice of a later state', () => {
  expect(told('received', [received, asked, brought])).toEqual(nothing);
  expect(told('accepted', [received, asked, brought, accepted])).toEqual(nothing);
  expect(told('withdrawn', [received, asked, { kind: 'withdrawn', at: day(12) }])).toEqual(nothing);
});

test('an answered supplement under review is not on the acceptance either; words of the acceptance are', () => {
  const early: CaseEvent = { ...accepted, at: day(10) };
  const notes = [words(10, '请保持电话畅通'), asking];
  expect(told('accepted', [early, asked, brought], notes)).toEqual({
    ...nothing,
    words: '请保持电话畅通',
  });
});

test('a denial gives its own reasons, never those of the supplement before it', () => {
  const notes = [asking, words(14, '居住未满半年')];
  expect(told('denied', [received, asked, brought, accepted, denied], notes)).toEqual({
    reasons: ['not-eligible'],
    materials: [],
    words: '居住未满半年',
  });
  const refused: CaseEvent = { kind: 'refused', at: day(12), reasons: ['not-here'] };
  expect(told('refused', [received, refused], [])).toEqual({
    reasons: ['not-here'],
    materials: [],
  });
});

test('where a case merely stands, what was written last is said', () => {
  expect(told('received', [received], [words(10, '姓名已更正')])).toEqual({
    ...nothing,
    words: '姓名已更正',
  });
});
