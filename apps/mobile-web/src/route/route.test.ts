import { expect, test } from 'vitest';
import { pathOf, type Route, routeOf } from './route.ts';

const routes: readonly Route[] = [
  { at: 'home' },
  { at: 'choose', by: 'event' },
  { at: 'choose', by: 'department', id: 'police' },
  { at: 'choose', by: 'search' },
  { at: 'begin', kind: 'bundle', id: 'newborn' },
  { at: 'visit', visit: '5b8e0f5e-2f8e-4a53-9b0e-1d2c3b4a5f60' },
  { at: 'hand-over', visit: '5b8e0f5e-2f8e-4a53-9b0e-1d2c3b4a5f60' },
  { at: 'join', visit: '5b8e0f5e-2f8e-4a53-9b0e-1d2c3b4a5f60' },
  { at: 'case', receipt: '320199320261123ABCDEFGHJKMN=' },
  {
    at: 'supplement',
    receipt: '320199320261123ABCDEFGHJKMN*',
    caseNumber: '320199320261123NMKJHGFEDCBA$',
  },
  { at: 'ask' },
  { at: 'scan' },
  { at: 'help' },
  { at: 'settings' },
  { at: 'sign-in' },
];

test.each(routes.map((route) => [pathOf(route), route] as const))('%s', (path, route) => {
  expect(routeOf(path)).toEqual(route);
});

test.each([
  '/phone',
  '/phone/',
  '/phone/index.html',
  '/phone/nowhere',
  '/phone/case',
  '/phone/%E0%A4%A',
  '/',
])('%s leads home', (path) => {
  expect(routeOf(path)).toEqual({ at: 'home' });
});
