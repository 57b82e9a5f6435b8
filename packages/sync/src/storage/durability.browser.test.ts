import { shippedCatalogue } from '@tongban/catalogue';
import { base64url, type FileAddress, sha256, systemClock, systemRandom } from '@tongban/core';
import { afterEach, describe, expect, test } from 'vitest';
import type { Device } from '../device.ts';
import { openDevice } from '../openDevice.ts';
import { dump } from '../testing/dump.ts';
import { draftOf } from '../testing/realm.ts';
import { browserVault } from '../vault/browserVault.ts';
import { databaseNames, deleteDatabases } from './wipe.ts';

const planted = { text: '林知夏-planted-7f3a', file: 'planted bytes of a photograph' };
const open: Device[] = [];

afterEach(async () => {
  for (const device of open.splice(0)) await device.close();
  await deleteDatabases(indexedDB, await databaseNames(indexedDB));
});

async function aDevice(): Promise<Device> {
  const device = await openDevice({
    app: 'phone',
    vault: await browserVault('phone'),
    clock: systemClock,
    random: systemRandom,
    fetch: () => Promise.reject(new TypeError('no line')),
    origin: '',
    shippedCatalogue,
  });
  open.push(device);
  return device;
}

/** Runs `work` and gives back every read-write transaction it began. */
async function transactionsOf(work: () => Promise<unknown>) {
  const seen: { database: string; durability: string | undefined }[] = [];
  const original = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode = 'readonly', options) {
    if (mode === 'readwrite') seen.push({ database: this.name, durability: options?.durability });
    return original.call(this, stores, mode, options);
  };
  try {
    await work();
  } finally {
    IDBDatabase.prototype.transaction = original;
  }
  return seen;
}

async function addressOf(bytes: Uint8Array): Promise<FileAddress> {
  return base64url(await sha256(bytes)) as FileAddress;
}

describe('store in Chromium', () => {
  test('[S5] every write of keys, drafts, files, envelopes and receipts asks for strict durability', async () => {
    const seen = await transactionsOf(async () => {
      const device = await aDevice();
      const { drafts } = await device.openVisit();
      const bytes = systemRandom.bytes(1_000);
      const address = await addressOf(bytes);
      await drafts.putFile(address, bytes);
      await drafts.save(draftOf('a'));
      await drafts.save(draftOf('b'));
      await drafts.remove(draftOf('b').id);
      const envelope = {
        protocol: 1 as const,
        submissionId: crypto.randomUUID(),
        kind: 'application' as const,
        manifestHash: 'H'.repeat(43),
        terminal: 'T'.repeat(43),
        files: [address],
        jwe: 'a.b.c.d.e',
      };
      await device.outbox.put(envelope, 'R1', new Map([[address, bytes]]));
      const receipt = {
        number: 'R1',
        secret: 's',
        manifestHash: 'h',
        sealedAt: 't',
        target: 'x',
        code: 'c',
      };
      await device.receipts.keep(receipt);
    });
    const databases = new Set(
      seen.map(({ database }) =>
        database.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, 'ID'),
      ),
    );
    expect([...databases].toSorted()).toEqual([
      'rxdb-dexie-tongban-phone-terminal--0--_rxdb_internal',
      'rxdb-dexie-tongban-phone-terminal--0--outbox',
      'rxdb-dexie-tongban-phone-terminal--0--receipts',
      'rxdb-dexie-tongban-phone-visit-ID--0--_rxdb_internal',
      'rxdb-dexie-tongban-phone-visit-ID--0--drafts',
      'tongban-phone-keys',
      'tongban-phone-shelf',
      'tongban-phone-visit-ID-files',
    ]);
    expect(new Set(seen.map(({ durability }) => durability))).toEqual(new Set(['strict']));
  });

  test('[S1] what was entered is nowhere in IndexedDB; the same search finds it where nothing is encrypted', async () => {
    const device = await aDevice();
    const { drafts } = await device.openVisit();
    await drafts.save(draftOf(planted.text));
    const receipt = {
      number: 'R1',
      secret: planted.text,
      manifestHash: 'h',
      sealedAt: 't',
      target: 'x',
      code: 'c',
    };
    await device.receipts.keep(receipt);
    const bytes = await dump(indexedDB);
    expect(bytes).not.toContain('planted');
    expect(bytes).toContain('tongban-phone-visit');

    const bare = indexedDB.open('bare', 1);
    bare.onupgradeneeded = () => bare.result.createObjectStore('docs', { autoIncrement: true });
    await new Promise((resolve) => {
      bare.onsuccess = () => {
        const change = bare.result.transaction('docs', 'readwrite');
        change.objectStore('docs').put(draftOf(planted.text));
        change.oncomplete = resolve;
      };
    });
    bare.result.close();
    expect(await dump(indexedDB)).toContain(planted.text);
  });
});
