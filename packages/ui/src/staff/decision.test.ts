import { systemRandom } from '@tongban/core';
import { expect, test } from 'vitest';
import { type Decision, incomplete, sendable } from './decision.ts';

const denial: Decision = {
  action: 'deny',
  reasons: ['not-eligible'],
  materials: [],
  text: '不在本区居住',
  seen: 'accepted',
};

test('the same decision tried again keeps its key, an altered one gets another', () => {
  const first = sendable(denial, systemRandom);
  const again = sendable(first.decision, systemRandom);
  const altered = sendable({ ...first.decision, text: '不在本区居住满半年' }, systemRandom);
  expect(again.key).toBe(first.key);
  expect(altered.key).not.toBe(first.key);
});

test('a denial, a refusal and a supplement need a reason from the catalogue beside the text', () => {
  expect(incomplete(denial)).toBeUndefined();
  for (const action of ['deny', 'refuse', 'request-supplement'] as const) {
    expect(incomplete({ ...denial, action, reasons: [] })).toBe('reason-needed');
  }
});

test('a supplement says what to bring: a material or a sentence', () => {
  const asked: Decision = { ...denial, action: 'request-supplement', text: ' ' };
  expect(incomplete(asked)).toBe('material-or-text-needed');
  expect(incomplete({ ...asked, materials: ['father-id'] })).toBeUndefined();
});

test('an identity is confirmed only with what was shown', () => {
  const confirmed: Decision = { ...denial, action: 'confirm-identity', reasons: [] };
  expect(incomplete(confirmed)).toBe('shown-needed');
  expect(incomplete({ ...confirmed, shown: 'resident-card' })).toBeUndefined();
});

test('a gap is accepted only for a named promise', () => {
  expect(incomplete({ ...denial, action: 'accept-with-gap' })).toBe('promise-needed');
});
