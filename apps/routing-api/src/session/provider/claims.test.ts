import { err } from '@tongban/core';
import { expect, test } from 'vitest';
import { vouchedBy } from './claims.ts';
import type { ProviderSettings } from './settings.ts';

const plain: ProviderSettings = {
  issuer: 'https://id.city.example',
  clientId: 'tongban',
  clientSecret: 'made up',
  origins: ['https://ban.city.example'],
};
const grouped: ProviderSettings = {
  ...plain,
  claims: { role: 'groups', department: 'org' },
  roles: { 'tb-desk': 'desk', 'tb-counter': 'counter', 'tb-boss': 'supervisor' },
};

test('[A13] claims and roles are called as the operator named them', () => {
  const claims = { sub: '41', name: '邵岚', groups: ['canteen', 'tb-desk'], org: 'police' };
  expect(vouchedBy(claims, grouped)).toMatchObject({
    ok: true,
    value: { account: '41', name: '邵岚', role: 'desk', department: 'police' },
  });
});

test('[A13] groups that mean nothing here make a citizen, not staff', () => {
  expect(vouchedBy({ sub: '41', groups: ['canteen', 'desk'] }, grouped)).toMatchObject({
    value: { role: 'citizen', name: '41' },
  });
});

test.each([
  ['two roles at once', { sub: '41', groups: ['tb-desk', 'tb-boss'], org: 'police' }, grouped],
  ['a role that is unknown here', { sub: '41', tongban_role: 'root' }, plain],
  ['a desk without department', { sub: '41', tongban_role: 'desk' }, plain],
  ['a counter without hall', { sub: '41', tongban_role: 'counter' }, plain],
  ['an ID number that cannot be one', { sub: '41', resident_id: '320199199403120028' }, plain],
  ['no subject', { tongban_role: 'supervisor' }, plain],
])('[A13] nobody is signed in by %s', (_, claims, settings) => {
  expect(vouchedBy(claims, settings)).toEqual(err('claims-unfit'));
});

test('[A13] a member of staff brings no ID number, a citizen no hall', () => {
  const all = {
    sub: '41',
    tongban_hall: 'nanhu',
    tongban_department: 'police',
    resident_id: '320199199403120027',
  };
  expect(vouchedBy(all, plain)).toMatchObject({
    value: { role: 'citizen', residentId: '320199199403120027' },
  });
  expect(Object.keys((vouchedBy(all, plain) as { value: object }).value)).not.toContain('hall');
  const staff = vouchedBy({ ...all, tongban_role: 'counter' }, plain) as { value: object };
  expect(Object.keys(staff.value).sort()).toEqual(['account', 'hall', 'name', 'role']);
});
