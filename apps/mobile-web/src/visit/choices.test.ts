import type { DraftDifference } from '@tongban/sync';
import { expect, test } from 'vitest';
import { chosenOf, keyOf, open } from './choices.ts';

const typed = (value: string) => ({ value, source: 'typed' }) as const;
const answer = (here?: string, there?: string): DraftDifference => ({
  kind: 'answer',
  field: 'residence.address',
  here: here === undefined ? undefined : typed(here),
  there: there === undefined ? undefined : typed(there),
});

test('[H6] only a person says which of two answers counts; what one copy alone says stays', () => {
  const none = new Map();
  expect(chosenOf(answer('18 号', '2 号'), none)).toBeUndefined();
  expect(chosenOf(answer('18 号'), none)).toBe('here');
  expect(chosenOf(answer(undefined, '2 号'), none)).toBe('there');
  expect(open([answer('18 号', '2 号'), answer('18 号')], none)).toBe(1);
  const said = new Map([[keyOf(answer()), 'there' as const]]);
  expect(open([answer('18 号', '2 号')], said)).toBe(0);
  expect(chosenOf(answer('18 号'), said)).toBe('there');
});
