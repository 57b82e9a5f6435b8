import type { Receipt } from '@tongban/core';
import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { receiptSlip } from './receiptSlip.ts';

const receipt = {
  number: '3201992202611230123456789ABX',
  secret: 'aB3-_9xYz0kLmNoPqRsTuV',
  sealedAt: '2026-11-23T06:00:00.000Z',
  code: 'TB1:a.b.c',
} as Receipt;
/** Every text as its key and what it was given. */
const t = ((key: string, values?: object) =>
  `${key} ${Object.values(values ?? {}).join(' ')}`.trim()) as unknown as TFunction;

test('a slip carries the secret in groups, for who types it, and of the person only what tells two slips apart', () => {
  const slip = receiptSlip({
    receipt,
    name: '居住证申领',
    applicant: '丁小禾',
    language: 'zh-CN',
    t,
  });
  expect(slip.qr).toBe(receipt.code);
  expect(slip.lines).toContain('journey:slip.secret aB3- _9xY z0kL mNoP qRsT uV');
  expect(slip.lines).toContain('journey:slip.applicant 丁*禾');
  expect(slip.lines.join()).not.toContain('丁小禾');
});
