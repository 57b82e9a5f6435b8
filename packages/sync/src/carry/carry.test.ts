import { shippedCatalogue } from '@tongban/catalogue';
import { ok } from '@tongban/core';
import { afterEach, describe, expect, test } from 'vitest';
import type { PackedExport } from '../device.ts';
import { shelfDatabase } from '../storage/names.ts';
import { request } from '../testing/disk.ts';
import { seededRandom } from '../testing/hands.ts';
import { eventually, place } from '../testing/place.ts';
import { madeUpEnvelope } from '../testing/tab.ts';
import { frameContent, joined, readFrames, writeFrames } from './frames.ts';

const random = seededRandom(21);
const places: { closeAll(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of places.splice(0)) await one.closeAll();
});

/** A terminal without a line that holds three entries, and another one that has a line. */
async function stage() {
  const from = await place(shippedCatalogue);
  const to = await place(shippedCatalogue, { app: 'counter' });
  places.push(from, to);
  from.cut(true);
  const source = (await from.open()).device;
  const target = (await to.open()).device;
  const all = [madeUpEnvelope(random, 2), madeUpEnvelope(random, 0), madeUpEnvelope(random, 1)];
  for (const one of all) await source.outbox.put(one.envelope, one.receiptNumber, one.files);
  const ids = all.map(({ envelope }) => envelope.submissionId);
  return { from, to, source, target, all, ids };
}

function fileOf({ parts }: PackedExport): Uint8Array<ArrayBuffer> {
  return joined(parts);
}

describe('export to a stick', () => {
  test('[X1] what one terminal cannot send is taken in by another, which brings it to the centre', async () => {
    const { to, source, target, all, ids } = await stage();
    const packed = await source.carry.pack(ids);
    expect(packed).toMatchObject({ packed: ids, lost: [], left: [] });
    expect(packed.code).toMatch(/^TBX1:[A-Za-z0-9_-]{43}$/);
    const taken = await target.carry.takeIn(fileOf(packed), ` ${packed.code}\n`);
    expect(taken).toEqual(
      ok(
        all.map(({ envelope, receiptNumber }) => ({
          submissionId: envelope.submissionId,
          receiptNumber,
          outcome: 'taken-in',
        })),
      ),
    );
    await eventually(
      () => target.outbox.list(),
      (entries) => entries.length === 3 && entries.every(({ state }) => state.at === 'received'),
    );
    expect(to.centre.accepted.toSorted()).toEqual(ids.toSorted());
    const again = await target.carry.takeIn(fileOf(packed), packed.code);
    expect(again.ok && again.value.map(({ outcome }) => outcome)).toEqual(
      ids.map(() => 'here-already'),
    );
    expect(to.centre.accepted).toHaveLength(3);
  });

  test('[X2] what was carried stays here, says since when, and still goes out by itself; a duplicate does no harm', async () => {
    const { from, source, all, ids } = await stage();
    await source.carry.carried(ids.slice(0, 2));
    const states = async () =>
      Object.fromEntries((await source.outbox.list()).map((one) => [one.submissionId, one]));
    const shown = await states();
    expect(ids.map((id) => shown[id]?.carriedAt)).toEqual([
      '2026-11-23T09:00:00.000Z',
      '2026-11-23T09:00:00.000Z',
      undefined,
    ]);
    expect(ids.map((id) => shown[id]?.state.at)).toEqual(['saved', 'saved', 'saved']);
    // It came by the stick meanwhile.
    const [first] = all;
    if (first !== undefined) {
      for (const [address, bytes] of first.files) from.centre.memory.files.set(address, bytes);
      from.centre.memory.custody.set(first.envelope.submissionId, {
        envelope: first.envelope,
        receivedAt: '2026-11-22T09:00:00.000Z',
      });
    }
    from.cut(false);
    await source.probe();
    await eventually(
      () => source.outbox.list(),
      (entries) => entries.every(({ state }) => state.at === 'received'),
    );
    expect((await states())[ids[0] ?? '']?.state).toEqual({
      at: 'received',
      receivedAt: '2026-11-22T09:00:00.000Z',
    });
    expect(from.centre.accepted.toSorted()).toEqual(ids.slice(1).toSorted());
  });

  test('[X3] another code, another file, a byte altered, a frame moved, left out or cut off: nothing is taken in', async () => {
    const key = random.bytes(32) as Uint8Array<ArrayBuffer>;
    const content = random.bytes(2.5 * frameContent) as Uint8Array<ArrayBuffer>;
    const parts = await writeFrames(content, key, random);
    const whole = joined(parts);
    expect(parts).toHaveLength(7);
    const read = await readFrames(whole, key);
    expect(read.ok && Buffer.from(read.value).equals(Buffer.from(content))).toBe(true);
    const [head, ...frames] = parts as [Uint8Array, ...Uint8Array[]];
    const [a, b, c] = [frames.slice(0, 2), frames.slice(2, 4), frames.slice(4)];
    const failed = async (file: Uint8Array<ArrayBuffer>, by = key) => {
      const answer = await readFrames(file, by);
      return answer.ok ? 'opened' : answer.error;
    };
    expect(await failed(whole, random.bytes(32) as Uint8Array<ArrayBuffer>)).toBe('wrong-code');
    expect(await failed(joined([head, ...b, ...a, ...c]))).toBe('wrong-code');
    expect(await failed(joined([head, ...a, ...c]))).toBe('damaged');
    expect(await failed(joined([head, ...a, ...b]))).toBe('damaged');
    expect(await failed(joined([whole, new Uint8Array(1)]))).toBe('damaged');
    expect(await failed(whole.slice(0, -1))).toBe('damaged');
    expect(await failed(new Uint8Array(3))).toBe('not-an-export');
    const altered = whole.slice();
    altered[altered.length - 40] = ~(altered[altered.length - 40] ?? 0);
    expect(await failed(altered)).toBe('damaged');
    // The mark of the last frame is part of what is authenticated.
    const early = joined([head, ...a]);
    early[12] = 1;
    expect(await failed(early)).toBe('wrong-code');

    const { source, target, ids } = await stage();
    const packed = await source.carry.pack(ids);
    const other = await source.carry.pack(ids);
    expect(await target.carry.takeIn(fileOf(packed), other.code)).toEqual({
      ok: false,
      error: 'wrong-code',
    });
    expect(await target.carry.takeIn(fileOf(packed), 'TBX1:short')).toEqual({
      ok: false,
      error: 'not-a-code',
    });
    expect(await target.outbox.list()).toEqual([]);
  });

  test('[X4] an entry that has lost a file is named on both sides, and holds up no other', async () => {
    const { from, source, target, all, ids } = await stage();
    const [address] = [...(all[0]?.files.keys() ?? [])];
    const raw = await request<IDBDatabase>(from.disk.indexedDB.open(shelfDatabase('kiosk')));
    await request(
      raw.transaction('files', 'readwrite').objectStore('files').delete(`${ids[0]}/${address}`),
    );
    raw.close();
    const packed = await source.carry.pack([...ids, 'unknown']);
    expect(packed).toMatchObject({ packed: ids, lost: [ids[0]] });
    const taken = await target.carry.takeIn(fileOf(packed), packed.code);
    expect(taken.ok && taken.value.map(({ outcome }) => outcome)).toEqual([
      'files-lost',
      'taken-in',
      'taken-in',
    ]);
  });
});
