import type { FileAddress } from '@tongban/core';
import { describe, expect, test } from 'vitest';
import { advance, type Entry, type EntryEvent, type EntryState, shown } from './entry.ts';

const [f1, f2] = ['f1', 'f2'] as FileAddress[] as [FileAddress, FileAddress];
const worker = 'w1';

function entry(state: EntryState): Entry {
  return {
    id: 's1',
    kind: 'application',
    receiptNumber: 'r1',
    manifestHash: 'hash',
    createdAt: '2026-11-23T09:00:00.000Z',
    files: [
      { address: f1, size: 100 },
      { address: f2, size: 50 },
    ],
    envelopeSize: 10,
    state,
  };
}

const states: readonly EntryState[] = [
  { at: 'saved', sent: [] },
  { at: 'sending-files', sent: [f1], worker },
  { at: 'sending-envelope', sent: [f1, f2], worker },
  { at: 'received', receivedAt: 't', epoch: 'e1', keepUntil: 't' },
  { at: 'set-aside', reason: 'malformed', protocol: 1 },
  { at: 'leaving', receivedAt: 't' },
];

const received = { kind: 'received', receivedAt: 't', epoch: 'e1', keepUntil: 'k' } as const;
const events: readonly EntryEvent[] = [
  { kind: 'begin', worker: 'w2' },
  { kind: 'file-progress', address: f2, bytes: 10 },
  { kind: 'file-sent', address: f2 },
  { kind: 'files-complete' },
  { kind: 'interrupted' },
  { ...received, manifestHash: 'hash' },
  { kind: 'incomplete', missing: [f2] },
  { kind: 'set-aside', reason: 'bad-signature', protocol: 1 },
  { kind: 'other-epoch' },
  { kind: 'resend' },
  { kind: 'kept-long-enough' },
  { kind: 'echoed-again', epoch: 'e2', keepUntil: 'k' },
  { kind: 'carried', at: 't' },
];

describe('entry of the outbox', () => {
  test('[O2] the whole table: each event from each state', () => {
    const table = states.map((state) => {
      const outcomes = events.map((event) => {
        try {
          return advance(entry(state), event).state.at;
        } catch {
          return 'throws';
        }
      });
      return [state.at, ...outcomes];
    });
    const no = 'throws';
    expect(table).toEqual([
      ['saved', 'sending-files', no, no, no, no, no, no, no, no, no, no, no, 'saved'],
      [
        'sending-files',
        'sending-files',
        'sending-files',
        'sending-files',
        'sending-envelope',
        'saved',
        no,
        no,
        'set-aside',
        no,
        no,
        no,
        no,
        'sending-files',
      ],
      [
        'sending-envelope',
        'sending-files',
        no,
        no,
        no,
        'saved',
        'received',
        'sending-files',
        'set-aside',
        no,
        no,
        no,
        no,
        'sending-envelope',
      ],
      ['received', no, no, no, no, no, no, no, no, 'saved', no, 'leaving', 'received', no],
      ['set-aside', no, no, no, no, no, no, no, no, no, 'saved', no, no, 'set-aside'],
      ['leaving', no, no, no, no, no, no, no, no, no, no, no, no, no],
    ]);
  });

  test('[O2] what was sent is remembered over an interruption and a kill, and forgotten with the epoch', () => {
    const sending = entry({ at: 'sending-files', sent: [f1], worker });
    expect(advance(sending, { kind: 'interrupted' }).state).toEqual({ at: 'saved', sent: [f1] });
    expect(advance(sending, { kind: 'begin', worker: 'w2' }).state).toEqual({
      at: 'sending-files',
      sent: [f1],
      worker: 'w2',
    });
    const again = advance(entry(states[3] as EntryState), { kind: 'other-epoch' });
    expect(again.state).toEqual({ at: 'saved', sent: [] });
  });

  test('[O3] incomplete unsends only the files it names', () => {
    const asked = advance(entry({ at: 'sending-envelope', sent: [f1, f2], worker }), {
      kind: 'incomplete',
      missing: [f2],
    });
    expect(asked.state).toEqual({ at: 'sending-files', sent: [f1], worker });
  });

  test('[C3] an echo of another hash sets aside, it is never shown as received', () => {
    const echoed = advance(entry({ at: 'sending-envelope', sent: [f1, f2], worker }), {
      ...received,
      manifestHash: 'another',
    });
    expect(echoed.state).toMatchObject({ at: 'set-aside', reason: 'echo-mismatch' });
  });

  test('[O11] progress counts confirmed bytes up to the total', () => {
    const at = (state: EntryState) => shown(entry(state)).state;
    expect(at({ at: 'sending-files', sent: [], worker })).toEqual({
      at: 'sending',
      sentBytes: 0,
      totalBytes: 160,
    });
    expect(at({ at: 'sending-files', sent: [f1], worker })).toEqual({
      at: 'sending',
      sentBytes: 100,
      totalBytes: 160,
    });
    const partial = { address: f2, bytes: 30 };
    expect(at({ at: 'sending-files', sent: [f1], partial, worker })).toMatchObject({
      sentBytes: 130,
    });
    // What the centre holds of it is not forgotten by an interruption, nor counted twice.
    const held = advance(entry({ at: 'sending-files', sent: [f1], partial, worker }), {
      kind: 'interrupted',
    });
    expect(shown(advance(held, { kind: 'begin', worker })).state).toMatchObject({ sentBytes: 130 });
    expect(at({ at: 'sending-files', sent: [f1, f2], partial, worker })).toMatchObject({
      sentBytes: 150,
    });
    expect(at({ at: 'sending-envelope', sent: [f1, f2], worker })).toEqual({
      at: 'sending',
      sentBytes: 150,
      totalBytes: 160,
    });
  });

  test('[O13] what is shown of an entry is numbers, kind, time and state', () => {
    expect(shown(entry({ at: 'saved', sent: [] }))).toEqual({
      submissionId: 's1',
      receiptNumber: 'r1',
      kind: 'application',
      createdAt: '2026-11-23T09:00:00.000Z',
      state: { at: 'saved' },
    });
  });
});
