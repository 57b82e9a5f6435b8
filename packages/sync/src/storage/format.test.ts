import { systemRandom } from '@tongban/core';
import { afterEach, describe, expect, test } from 'vitest';
import { emptyDisk, storageOfTab } from '../testing/disk.ts';
import { openDatabase } from './database.ts';
import { firstFormat, fromStored, type RowFormat, toStored } from './format.ts';
import { type Row, rowsOf } from './rows.ts';

interface Note extends Row {
  readonly text: string;
  readonly more?: string;
}

/** Format 2 says `text` as `words`, format 3 counts them too. */
const steps: RowFormat['steps'] = [
  {
    up: ({ text, ...rest }) => ({ ...rest, id: rest.id, words: text }),
    down: ({ words, ...rest }) => ({ ...rest, id: rest.id, text: words }),
  },
  {
    up: ({ words, ...rest }) => ({ ...rest, id: rest.id, text: words }),
    down: ({ text, ...rest }) => ({ ...rest, id: rest.id, words: text }),
  },
];
const next: RowFormat = { steps, writes: 1 };
const later: RowFormat = { steps, writes: 2 };
const latest: RowFormat = { steps, writes: 3 };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function disk() {
  const databases = emptyDisk();
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  let tabs = 0;
  return async (format: RowFormat) => {
    tabs += 1;
    const database = await openDatabase({
      name: 'rows',
      storage: storageOfTab(databases, `tab-${tabs}`),
      key,
      random: systemRandom,
      collections: ['notes'],
    });
    closing.push(database.close);
    return rowsOf<Note>(database.collections.notes, format);
  };
}

describe('formats of rows', () => {
  test('[V6] a row goes up and down the steps, and keeps what no step names', () => {
    const note: Note = { id: 'n', text: 'said', more: 'kept' };
    expect(toStored(note, firstFormat)).toEqual(note);
    expect(toStored(note, next)).toEqual(note);
    const stored = toStored(note, later);
    expect(stored).toEqual({ id: 'n', words: 'said', more: 'kept', format: 2 });
    for (const format of [next, later, latest])
      expect(fromStored(stored as never, format)).toEqual(note);
    expect(fromStored(toStored(note, latest) as never, later)).toEqual(note);
    expect(fromStored(stored as never, firstFormat)).toBeUndefined();
  });

  test('[V6] each row is migrated by the write that changes it, and by none before', async () => {
    const open = await disk();
    const old = await open(firstFormat);
    for (const id of ['a', 'b']) await old.update(id, () => ({ id, text: `old ${id}` }));
    const app = await open(later);
    expect(await app.all()).toEqual([
      { id: 'a', text: 'old a' },
      { id: 'b', text: 'old b' },
    ]);
    await app.update('a', (row) => row && { ...row, text: `${row.text}, then new` });
    // What ends here ends between two rows: both are whole, each in its own format.
    expect(await old.all()).toEqual([{ id: 'b', text: 'old b' }]);
    expect(await old.newer()).toEqual(['a']);
    const again = await open(later);
    expect(await again.all()).toEqual([
      { id: 'a', text: 'old a, then new' },
      { id: 'b', text: 'old b' },
    ]);
    expect(await again.newer()).toEqual([]);
  });

  test('[V7] the release before the one that writes a format reads it, and writes the old one', async () => {
    const open = await disk();
    const app = await open(later);
    await app.update('a', () => ({ id: 'a', text: 'later', more: 'kept' }));
    const before = await open(next);
    await before.update('a', (row) => row && { ...row, text: `${row.text}, then before` });
    const first = await open(firstFormat);
    expect(await first.get('a')).toEqual({ id: 'a', text: 'later, then before', more: 'kept' });
    expect(await app.get('a')).toEqual({ id: 'a', text: 'later, then before', more: 'kept' });
  });

  test('[V8] a row of an unknown format is no news, no row and no reason to write or remove', async () => {
    const open = await disk();
    const old = await open(firstFormat);
    await old.update('a', () => ({ id: 'a', text: 'old' }));
    const heard: unknown[] = [];
    old.watch((id, row) => heard.push([id, row]));
    const app = await open(later);
    await app.update('a', (row) => row && { ...row, text: 'later' });
    await app.update('b', () => ({ id: 'b', text: 'later' }));
    await app.remove(['b']);
    expect(await old.get('a')).toBeUndefined();
    expect(await old.all()).toEqual([]);
    expect(await old.newer()).toEqual(['a']);
    expect(await old.update('a', (row) => row && { ...row, text: 'old again' })).toEqual({
      ok: true,
      value: undefined,
    });
    await old.remove(['a']);
    expect(await app.get('a')).toEqual({ id: 'a', text: 'later' });
    // That one is gone is understood whoever wrote it.
    expect(heard).toEqual([['b', undefined]]);
  });
});
