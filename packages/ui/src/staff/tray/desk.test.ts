import type { OutboxEntry, OutboxState } from '@tongban/core';
import { expect, test } from 'vitest';
import en from '../../../locales/en/staff.json' with { type: 'json' };
import zh from '../../../locales/zh-CN/staff.json' with { type: 'json' };
import { reasons, trayOf, wordsFor } from './desk.ts';

const entry = (submissionId: string, createdAt: string, state: OutboxState): OutboxEntry => ({
  submissionId,
  receiptNumber: submissionId,
  kind: 'application',
  createdAt,
  state,
});

test('the tray holds what the centre has not answered for: set aside first, then the oldest', () => {
  const entries = [
    entry('new', '2026-11-23T09:00:00Z', { at: 'saved' }),
    entry('done', '2026-11-20T09:00:00Z', { at: 'received', receivedAt: '' }),
    entry('old', '2026-11-21T09:00:00Z', { at: 'sending', sentBytes: 0, totalBytes: 1 }),
    entry('aside', '2026-11-22T09:00:00Z', { at: 'set-aside', reason: 'malformed' }),
  ];
  expect(trayOf(entries).map(({ submissionId }) => submissionId)).toEqual(['aside', 'old', 'new']);
});

test('every reason has words, and one that this app does not know yet has the common ones', () => {
  for (const texts of [zh.tray, en.tray]) {
    expect(Object.keys(texts.reason).toSorted()).toEqual([...reasons].toSorted());
  }
  expect(wordsFor({ at: 'set-aside', reason: 'file-lost' })).toBe('reason.file-lost');
  expect(wordsFor({ at: 'set-aside', reason: 'from-tomorrow' })).toBe('reason.refused-otherwise');
  expect(wordsFor({ at: 'saved', waits: 'terminal-closed' })).toBe('closed');
});
