import { expect, test } from 'vitest';
import { readSignInRefusal } from './signIn.ts';

test('[A12] a page learns from its address why nobody was signed in, and goes on without that', () => {
  expect(
    readSignInRefusal('https://city.example/phone/sign-in?a=1&sign-in=sign-in-over#b'),
  ).toEqual({
    why: 'sign-in-over',
    rest: 'https://city.example/phone/sign-in?a=1#b',
  });
});

test('[A12] words that the centre never says are not shown', () => {
  expect(readSignInRefusal('https://city.example/?sign-in=Call+110').why).toBeUndefined();
  expect(readSignInRefusal('https://city.example/').why).toBeUndefined();
});
