import { expect, test } from 'vitest';
import { type ChipRead, chipEvidence } from './chipEvidence.ts';
import type { ChipText } from './chipText.ts';
import { foreigner2017, foreigner2023, fromHongKong, resident } from './testing/chips.ts';

const now = new Date('2026-11-23T06:40:00Z');
const read = (text: ChipText, more: Partial<ChipRead> = {}) =>
  chipEvidence({ text, device: '05.01-20130427-0000000001-0000000002', now, ...more });

test('a resident card', () => {
  expect(read(resident)).toEqual({
    ok: true,
    value: {
      source: 'card-reader',
      assurance: 'verified',
      readAt: '2026-11-23T06:40:00.000Z',
      device: '05.01-20130427-0000000001-0000000002',
      attributes: {
        name: '丁小禾',
        residentId: '320199199403120027',
        birthDate: '1994-03-12',
        sex: '2',
        ethnicity: '01',
        address: '云陵县青石镇望江路 3 号',
        issuedBy: '云陵县公安局',
        validUntil: '2039-05-20',
      },
    },
  });
});

test('an address given later counts before the one on the card', () => {
  expect(read(resident, { newAddress: '澜州市南湖区桂子路 77 号' })).toMatchObject({
    ok: true,
    value: { attributes: { address: '澜州市南湖区桂子路 77 号' } },
  });
});

test('a card without an end', () => {
  expect(read({ ...resident, until: '长期' })).toMatchObject({
    ok: true,
    value: { attributes: { validUntil: '长期' } },
  });
});

test('a residence permit of Hong Kong, Macao or Taiwan: the same, without an ethnicity', () => {
  const evidence = read(fromHongKong);
  expect(evidence).toMatchObject({
    ok: true,
    value: {
      attributes: {
        name: '何望舒',
        residentId: '810000198804230117',
        address: '澜州市北塔区书院街 112 号',
        validUntil: '2029-01-02',
      },
    },
  });
  expect(evidence.ok && evidence.value.attributes).not.toHaveProperty('ethnicity');
});

test('a permanent residence card of 2023: the Chinese name where there is one, else the whole Latin one', () => {
  const latin = read(foreigner2023);
  expect(latin.ok && latin.value.attributes).toEqual({
    name: 'EXAMPLE ANNA MARIA CHARLOTTE ELISABETH',
    residentId: '932999199004020028',
    birthDate: '1990-04-02',
    sex: '2',
    validUntil: '2034-03-01',
  });
  expect(read({ ...foreigner2023, name: '安娜' })).toMatchObject({
    ok: true,
    value: { attributes: { name: '安娜' } },
  });
});

test('one of 2017 has a number that no form here can take', () => {
  expect(read(foreigner2017)).toEqual({ ok: false, error: 'not-served' });
});

test.each<[string, ChipText]>([
  ['a wrong check character', { ...resident, number: '320199199403120028' }],
  ['a number with a space in it', { ...resident, number: '32019919940312002 ' }],
  ['another birth date than the number', { ...resident, birth: '19940313' }],
  ['a birth date that does not exist', { ...resident, birth: '19940230' }],
  ['a birth date to come', { ...resident, number: '320199209403120023', birth: '20940312' }],
  ['another sex than the number', { ...resident, sex: '1' }],
  ['no sex', { ...resident, sex: '' }],
  ['no name', { ...resident, name: '' }],
  ['a name with digits', { ...resident, name: '丁小禾2' }],
  ['an ethnicity that there is not', { ...resident, ethnicity: '57' }],
  ['no address', { ...resident, address: '' }],
  ['no issuer', { ...resident, issuer: '' }],
  ['an end before the beginning', { ...resident, until: '20190519' }],
  ['an end that does not exist', { ...resident, until: '20390231' }],
  ['a beginning to come', { ...resident, from: '20261124' }],
  ['a permit with a resident card’s number', { ...fromHongKong, number: resident.number }],
  ['a resident card with a foreigner’s number', { ...resident, number: foreigner2023.number }],
  ['a foreigner’s card with a resident’s number', { ...foreigner2023, number: resident.number }],
])('%s is a contradiction', (_, text) => {
  expect(read(text)).toEqual({ ok: false, error: 'contradiction' });
});

test('a card is valid to the end of its last day in China', () => {
  const last = { ...resident, until: '20261123' };
  expect(read(last, { now: new Date('2026-11-23T15:59:59Z') }).ok).toBe(true);
  expect(read(last, { now: new Date('2026-11-23T16:00:00Z') })).toEqual({
    ok: false,
    error: 'card-expired',
  });
});
