import { shippedCatalogue } from '@tongban/catalogue';
import type { Receipt } from '@tongban/core';
import { afterEach, describe, expect, test } from 'vitest';
import { type Formats, formats } from '../storage/formats.ts';
import { seededRandom } from '../testing/hands.ts';
import { laterFormats, nextFormats } from '../testing/laterFormats.ts';
import { eventually, place } from '../testing/place.ts';
import { madeUpEnvelope } from '../testing/tab.ts';

const random = seededRandom(23);
const places: { closeAll(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of places.splice(0)) await one.closeAll();
});

/** A device that lies without a line, with so much in its outbox. */
async function full(count: number) {
  const here = await place(shippedCatalogue);
  places.push(here);
  here.cut(true);
  const sealed = Array.from({ length: count }, (_, index) => madeUpEnvelope(random, index % 3));
  const { device, timer } = await here.open('one');
  for (const { envelope, receiptNumber, files } of sealed)
    expect(await device.outbox.put(envelope, receiptNumber, files)).toMatchObject({ ok: true });
  return {
    ...here,
    device,
    timer,
    sealed,
    ids: sealed.map(({ envelope }) => envelope.submissionId),
  };
}

const receipt = (number: string) => ({ number, sealedAt: '2026-11-23T08:00:00.000Z' }) as Receipt;

describe('other releases of the app over one outbox', () => {
  test.each<[string, Formats[]]>([
    ['a newer one', [laterFormats]],
    ['a newer one and back to the one before it', [laterFormats, nextFormats]],
    ['a newer one, far back, and forth again', [laterFormats, formats, laterFormats]],
    ['far back', [laterFormats, formats]],
  ])('[V6] [V7] [V8] %s: everything that waits is there and goes out once', async (_, way) => {
    const { centre, cut, open, closeAll, ids } = await full(9);
    await closeAll();
    for (const [turn, release] of way.entries()) {
      const { device } = await open(`turn-${turn}`, {}, release);
      await eventually(
        () => device.outbox.list(),
        (list) => list.length === ids.length,
      );
      const entries = await device.outbox.list();
      expect(entries.map(({ submissionId }) => submissionId).toSorted()).toEqual(ids.toSorted());
      // It is touched, so that some rows are written by this release: a few, then it ends.
      await device.carry.carried(ids.slice(0, 3 + turn));
      await closeAll();
    }
    cut(false);
    const { device } = await open('last', {}, way.at(-1));
    const received = await eventually(
      () => device.outbox.list(),
      (list) => list.length === ids.length && list.every(({ state }) => state.at === 'received'),
    );
    expect(received).toHaveLength(ids.length);
    expect([...centre.memory.custody.keys()].toSorted()).toEqual(ids.toSorted());
  });

  test('[V8] two tabs of releases far apart do each other no harm', async () => {
    const { centre, cut, open, ids, device: older, timer } = await full(4);
    const newer = (await open('two', {}, laterFormats)).device;
    const more = madeUpEnvelope(random, 1);
    await newer.outbox.put(more.envelope, more.receiptNumber, more.files);
    const all = [...ids, more.envelope.submissionId].toSorted();
    expect(await older.outbox.list()).toHaveLength(ids.length);
    // The older tab has the worker's seat. What it cannot read it finds on the shelf, once it looks there again.
    timer.pass(60_000);
    cut(false);
    const list = await eventually(
      () => {
        timer.pass(50);
        return newer.outbox.list();
      },
      (entries) => entries.every(({ state }) => state.at === 'received'),
    );
    expect(list.map(({ submissionId }) => submissionId).toSorted()).toEqual(all);
    expect([...centre.memory.custody.keys()].toSorted()).toEqual(all);
  });

  test('[V7] receipts are found by the releases that read them, and are there again for the others', async () => {
    const { open, closeAll, device } = await full(0);
    await device.receipts.keep(receipt('first'));
    await closeAll();
    const later = (await open('later', {}, laterFormats)).device;
    await later.receipts.keep(receipt('second'));
    await closeAll();
    const numbers = async (tab: string, release: Formats) =>
      (await (await open(tab, {}, release)).device.receipts.list())
        .map(({ number }) => number)
        .toSorted();
    expect(await numbers('this', formats)).toEqual(['first']);
    await closeAll();
    expect(await numbers('next', nextFormats)).toEqual(['first', 'second']);
    await closeAll();
    expect(await numbers('again', laterFormats)).toEqual(['first', 'second']);
  });
});
