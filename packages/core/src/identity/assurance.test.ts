import { expect, test } from 'vitest';
import { asDeclared, assuranceOf, isSamePerson } from './assurance.ts';

const resident = { residentId: '320199199403120027' };
const passport = { documentNumber: 'E12345678', nationality: 'NGA' };

test('what does not say the resident’s number only declares it', () => {
  const read = { source: 'camera', assurance: 'read' } as const;
  expect(assuranceOf({ ...read, attributes: resident })).toBe('read');
  expect(assuranceOf({ ...read, attributes: passport })).toBe('declared');
});

test('a source proves no more than it can', () => {
  const claim = (source: 'camera' | 'typed' | 'card-reader') =>
    assuranceOf({ source, assurance: 'verified', attributes: resident });
  expect(claim('card-reader')).toBe('verified');
  expect(claim('camera')).toBe('read');
  expect(claim('typed')).toBe('declared');
});

test('the word of a device that anyone may hold is declared, a credential speaks for itself', () => {
  const evidence = { readAt: '2026-11-30T00:00:00.000Z', attributes: resident } as const;
  expect(asDeclared({ ...evidence, source: 'camera', assurance: 'read' }).assurance).toBe(
    'declared',
  );
  const credential = { ...evidence, source: 'credential-code', credential: 'a.b.c' } as const;
  expect(asDeclared({ ...credential, assurance: 'verified' }).assurance).toBe('verified');
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
