import { systemRandom } from '@tongban/core';
import { afterEach, describe, expect, test } from 'vitest';
import { emptyDisk, storageOfTab } from '../testing/disk.ts';
import { memoryDisk, memoryRows } from '../testing/memory.ts';
import { openDatabase } from './database.ts';
import { type Row, type Rows, rowsOf } from './rows.ts';

interface Note extends Row {
  readonly shelf: string;
  readonly text: string;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Two tabs over one disk: for the real rows, and for those that the fuzz runs over. */
const pairs: readonly [string, () => Promise<readonly [Rows<Note>, Rows<Note>]>][] = [
  [
    'RxDB',
    async () => {
      const disk = emptyDisk();
      const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
        'encrypt',
        'decrypt',
      ]);
      const open = async (tab: string) => {
        const database = await openDatabase({
          name: 'rows',
          storage: storageOfTab(disk, tab),
          key,
          random: systemRandom,
          collections: ['notes'],
        });
        closing.push(database.close);
        return rowsOf<Note>(database.collections.notes);
      };
      return [await open('one'), await open('two')];
    },
  ],
  [
    'memory',
    async () => {
      const disk = memoryDisk<Note>();
      return [memoryRows(disk), memoryRows(disk)];
    },
  ],
];

const note = (id: string, text: string, shelf = 'a'): Note => ({ id, shelf, text });

describe.each(pairs)('rows: %s', (_name, open) => {
  test('[S10] one tab writes, both read; what is left as it is stays', async () => {
    const [one, two] = await open();
    expect(await one.update('n1', () => note('n1', 'first'))).toEqual({
      ok: true,
      value: note('n1', 'first'),
    });
    expect(await two.get('n1')).toEqual(note('n1', 'first'));
    expect(await two.update('n1', () => undefined)).toEqual({
      ok: true,
      value: note('n1', 'first'),
    });
    expect(await two.update('n2', () => undefined)).toEqual({ ok: true, value: undefined });
    await two.update('n3', () => note('n3', 'third', 'b'));
    expect(await one.all()).toEqual([note('n1', 'first'), note('n3', 'third', 'b')]);
  });

  test('[S10] many are written together, also where another tab has just written one of them', async () => {
    const [one, two] = await open();
    await one.update('n1', () => note('n1', 'first'));
    await two.update('n1', (row) => row && note('n1', `${row.text}, then two`));
    const done = one.updateAll(['n1', 'n2', 'n3'], (id, row) =>
      id === 'n3' ? undefined : note(id, `${row?.text ?? 'new'}, then one`),
    );
    expect(await done).toEqual({ ok: true, value: undefined });
    expect((await two.all()).map(({ text }) => text)).toEqual([
      'first, then two, then one',
      'new, then one',
    ]);
    await Promise.all([
      one.updateAll(['n1', 'n2'], (id, row) => note(id, `${row?.text}.`)),
      two.updateAll(['n2', 'n1'], (id, row) => note(id, `${row?.text}.`)),
    ]);
    expect((await one.all()).map(({ text }) => text)).toEqual([
      'first, then two, then one..',
      'new, then one..',
    ]);
    await two.remove(['n1', 'n2', 'never']);
    expect(await one.all()).toEqual([]);
  });

  test('[S10] changes from two tabs in turn and at once all take effect', async () => {
    const [one, two] = await open();
    const add = (rows: Rows<Note>, letter: string) =>
      rows.update('n1', (row) => note('n1', (row?.text ?? '') + letter));
    for (const letter of ['a', 'b']) {
      await add(one, letter);
      await add(two, letter);
    }
    expect((await one.get('n1'))?.text).toBe('aabb');
    await Promise.all([add(one, 'x'), add(two, 'x'), add(one, 'x'), add(two, 'x')]);
    expect((await two.get('n1'))?.text).toBe('aabbxxxx');
  });

  test('[S10] removed by one, gone for both, and written again by the other', async () => {
    const [one, two] = await open();
    await one.update('n1', () => note('n1', 'first'));
    await two.update('n1', (row) => row && { ...row, text: 'second' });
    await one.remove(['n1', 'n9']);
    expect(await two.get('n1')).toBeUndefined();
    let seen: Note | undefined = note('n1', 'never looked');
    await two.update('n1', (row) => {
      seen = row;
      return note('n1', 'again');
    });
    expect(seen).toBeUndefined();
    expect(await one.all()).toEqual([note('n1', 'again')]);
  });

  test("[S3] [O15] who watches sees the own writes at once and the other tab's as well", async () => {
    const [one, two] = await open();
    const seen: string[] = [];
    const both = Promise.withResolvers<void>();
    const stop = one.watch((id, row) => {
      seen.push(`${id}:${row?.text ?? 'gone'}`);
      if (seen.length === 3) both.resolve();
    });
    await one.update('n1', () => note('n1', 'mine'));
    expect(seen).toEqual(['n1:mine']);
    await two.update('n2', () => note('n2', 'theirs'));
    await two.remove(['n2']);
    await both.promise;
    expect(seen).toEqual(['n1:mine', 'n2:theirs', 'n2:gone']);
    stop();
    await one.update('n1', () => note('n1', 'unseen'));
    expect(seen).toHaveLength(3);
  });
});
