import { expect, test } from 'vitest';
import { assuranceOf, isSamePerson } from './assurance.ts';

const resident = { residentId: '320199199403120027' };
const passport = { documentNumber: 'E12345678', nationality: 'NGA' };

test('what does not say the resident’s number only declares it', () => {
  expect(assuranceOf({ assurance: 'verified', attributes: resident })).toBe('verified');
  expect(assuranceOf({ assurance: 'read', attributes: passport })).toBe('declared');
});

test('one person has one number; without a resident’s, that of the same document', () => {
  const same = (one: Record<string, string>, other: Record<string, string>) =>
    isSamePerson({ attributes: one }, { attributes: other });
  expect(same(resident, { ...resident, name: '丁小禾' })).toBe(true);
  expect(same(passport, { ...passport })).toBe(true);
  expect(same(passport, { ...passport, documentNumber: 'E12345679' })).toBe(false);
  expect(same(passport, { ...passport, nationality: 'CHN' })).toBe(false);
  expect(same(resident, passport)).toBe(false);
});
