import { systemRandom } from '@tongban/core';
import type { RxStorage } from 'rxdb';
import { expect, test } from 'vitest';
import { emptyDisk, storageOfTab } from '../testing/disk.ts';
import { openDatabase } from './database.ts';
import { type Row, rowsOf } from './rows.ts';

interface Count extends Row {
  readonly count: number;
}

/** Rows over a storage that tells of its transactions, and refuses those with a row of this id. */
async function stage(bad?: string) {
  const transactions: number[] = [];
  const disk = storageOfTab(emptyDisk(), 'one');
  const storage: RxStorage<unknown, unknown> = {
    ...disk,
    async createStorageInstance(params) {
      const instance = await disk.createStorageInstance(params);
      if (params.collectionName !== 'counts') return instance;
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = async (rows, context) => {
        transactions.push(rows.length);
        if (rows.some(({ document }) => (document as unknown as Row).id === bad))
          throw new DOMException('full', 'QuotaExceededError');
        return write(rows, context);
      };
      return instance;
    },
  };
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const database = await openDatabase({
    name: 'groups',
    storage,
    key,
    random: systemRandom,
    collections: ['counts'],
  });
  const { counts } = database.collections;
  return { transactions, rows: rowsOf<Count>(counts), other: rowsOf<Count>(counts), database };
}

const ids = Array.from({ length: 50 }, (_, index) => `r${String(index).padStart(2, '0')}`);
const one = (id: string) => (row: Count | undefined) => ({ id, count: (row?.count ?? 0) + 1 });

test('[S10] what is asked for while the disk writes goes into the next transaction together', async () => {
  const { transactions, rows, database } = await stage();
  await Promise.all(ids.map((id) => rows.update(id, one(id))));
  expect(transactions).toEqual([1, 49]);
  // The same row twice: the second change is made of what the first left.
  const twice = await Promise.all([...ids, ...ids].map((id) => rows.update(id, one(id))));
  expect(transactions.slice(2)).toEqual([1, 50, 49]);
  expect(twice.map((done) => done.ok && done.value?.count)).toEqual([
    ...ids.map(() => 2),
    ...ids.map(() => 3),
  ]);
  await database.close();
});

test('[S6] one that the disk refuses is refused by itself', async () => {
  const { rows, database } = await stage('r07');
  const done = await Promise.all(ids.map((id) => rows.update(id, one(id))));
  expect(done.flatMap(({ ok }, index) => (ok ? [] : [ids[index]]))).toEqual(['r07']);
  expect(await rows.all()).toHaveLength(49);
  await database.close();
});

test('[S10] rows that somebody else moves meanwhile are changed once, and so are those beside them', async () => {
  const { rows, other, database } = await stage();
  await Promise.all(ids.map((id) => rows.update(id, one(id))));
  await Promise.all(
    [rows, other, rows, other].flatMap((each) => ids.map((id) => each.update(id, one(id)))),
  );
  expect((await rows.all()).map(({ count }) => count)).toEqual(ids.map(() => 5));
  await database.close();
});

test('[S10] a change that is a bug fails by itself, and no other is made twice', async () => {
  const { rows, database } = await stage();
  const bug = () => {
    throw new Error('a bug');
  };
  const done = await Promise.allSettled([
    ...ids.map((id) => rows.update(id, one(id))),
    rows.update('bug', bug),
  ]);
  expect(done.at(-1)).toMatchObject({ status: 'rejected', reason: new Error('a bug') });
  expect((await rows.all()).map(({ count }) => count)).toEqual(ids.map(() => 1));
  await database.close();
});
