import { err, ok } from '@tongban/core';
import { describe, expect, test } from 'vitest';
import { put, scene, states } from '../testing/scene.ts';
import { settle } from '../testing/transport.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('outbox', () => {
  test('[O3] [C3] files go first, then the envelope, and received is shown only after the echo', async () => {
    const { tab: open, under, envelope, centre, flow } = scene();
    const tab = await open();
    await flow();
    const one = envelope(2);
    const id = one.envelope.submissionId;
    expect(await put(tab, one)).toEqual(ok(undefined));
    await settle();
    expect((await states(tab))[id]).toMatchObject({ at: 'sending', sentBytes: 0 });

    const order: string[] = [];
    while (under('').length > 0) {
      const [request] = under('');
      order.push(request?.seen.path.split('/')[3] ?? '');
      request?.deliver();
      await settle();
    }
    expect(order).toEqual(['uploads', 'uploads', 'envelopes']);
    expect((await states(tab))[id]).toEqual({
      at: 'received',
      receivedAt: '2026-11-23T09:00:00.000Z',
    });
    expect(centre.accepted).toEqual([id]);
  });

  test('[O1] a second put changes nothing, not even with another envelope of the same submission', async () => {
    const { tab: open, envelope, flow, centre, disk } = scene();
    const tab = await open();
    const one = envelope(1);
    await put(tab, one);
    expect(await put(tab, one)).toEqual(ok(undefined));
    const other = envelope(0);
    const imposter = { ...other.envelope, submissionId: one.envelope.submissionId };
    // Its receipt would name a content that is never sent: who hands it in must know.
    expect(await put(tab, { ...other, envelope: imposter })).toEqual(err('another-stands'));
    await flow();
    expect(disk.shelf.size).toBe(1);
    expect([...centre.memory.custody.values()].map((held) => held.envelope)).toEqual([
      one.envelope,
    ]);
  });

  test('[F1] a put without a file that the envelope names, or with other bytes, is a bug', async () => {
    const { tab: open, envelope, disk } = scene();
    const tab = await open();
    const one = envelope(1);
    await expect(put(tab, { ...one, files: new Map() })).rejects.toThrow('not handed in');
    const [address] = one.files.keys();
    const wrong = new Map([[address as never, new Uint8Array([1])]]);
    await expect(put(tab, { ...one, files: wrong })).rejects.toThrow('These bytes are not');
    expect(disk.shelf.size).toBe(0);
  });

  test('[S6] [C1] a full disk is an answer; a put it refused was not acknowledged and leaves nothing', async () => {
    const { tab: open, envelope, disk, flow } = scene();
    const tab = await open();
    disk.refuses = 'quota-exceeded';
    const one = envelope(1);
    expect(await put(tab, one)).toEqual({ ok: false, error: 'quota-exceeded' });
    disk.refuses = undefined;
    await flow();
    expect(await tab.desk.port.list()).toEqual([]);
    expect(await put(tab, one)).toEqual(ok(undefined));
    await flow();
    expect((await states(tab))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
  });

  test('[C6] a crash between shelf and row: the next start makes the row again and sends', async () => {
    const { tab: open, envelope, disk, flow } = scene();
    const tab = await open();
    const one = envelope(1);
    tab.dieAt(3);
    void put(tab, one);
    await settle();
    expect(tab.dead).toBe(true);
    expect([disk.shelf.size, disk.rows.size]).toEqual([1, 0]);
    const next = await open();
    await flow();
    expect((await states(next))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
  });

  test('[C6] what another tab left on the shelf without a row is sent by the tab that works, without a restart', async () => {
    const { tab: open, envelope, disk, flow } = scene();
    const worker = await open();
    const other = await open();
    const one = envelope(1);
    other.dieAt(3);
    void put(other, one);
    await settle();
    expect([other.dead, disk.shelf.size, disk.rows.size]).toEqual([true, 1, 0]);
    worker.timer.pass(minute);
    await flow();
    worker.timer.pass(minute);
    await flow();
    expect((await states(worker))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
  });

  test('[S6] a state that a full disk kept back is written once there is room, and seen in every tab', async () => {
    const { tab: open, envelope, disk, flow } = scene();
    const worker = await open();
    const other = await open();
    const one = envelope(0);
    const id = one.envelope.submissionId;
    await put(worker, one);
    disk.refuses = 'quota-exceeded';
    await flow();
    expect((await states(worker))[id]).toMatchObject({ at: 'received' });
    expect((await states(other))[id]).toEqual({ at: 'saved' });
    disk.refuses = undefined;
    worker.timer.pass(minute);
    await flow();
    expect((await states(other))[id]).toMatchObject({ at: 'received' });
  });

  test('[O15] a listener is called at once and after every change, until it stops', async () => {
    const { tab: open, envelope, flow } = scene();
    const tab = await open();
    await flow();
    const seen: string[] = [];
    const stop = tab.desk.port.watch((entries) =>
      seen.push(entries.map(({ state }) => state.at).join()),
    );
    expect(seen).toEqual(['']);
    await put(tab, envelope(0));
    await flow();
    expect(seen).toEqual(['', 'saved', 'sending', 'sending', 'received']);
    stop();
    await put(tab, envelope(0));
    expect(seen).toHaveLength(5);
  });

  test('[O15] the other tab sees what the worker does', async () => {
    const { tab: open, envelope, flow, locks } = scene();
    const worker = await open();
    const other = await open();
    expect(locks.holder('worker')).toBe(worker.name);
    await put(other, envelope(0));
    await flow();
    expect(Object.values(await states(other))).toMatchObject([{ at: 'received' }]);
  });

  test("[C4] received entries stay thirty days by the centre's clock, whatever the own clock says", async () => {
    const { tab: open, envelope, flow, probe, clock, centreClock, disk } = scene();
    const tab = await open();
    const one = envelope(2);
    await put(tab, one);
    await flow();
    clock.add(400 * day);
    await probe(tab);
    expect(disk.shelf.size).toBe(1);

    centreClock.add(30 * day - minute);
    await probe(tab);
    expect(disk.shelf.size).toBe(1);

    centreClock.add(2 * minute);
    await probe(tab);
    expect([disk.shelf.size, disk.rows.size]).toEqual([0, 0]);
  });

  test('[C4] what is not received stays however long it takes, and nothing goes without a line', async () => {
    const { tab: open, envelope, flow, probe, clock, centreClock, disk, centre, pending } = scene();
    const tab = await open();
    await flow();
    const refused = envelope(0);
    centre.refusals.set(refused.envelope.submissionId, 'bad-signature');
    await put(tab, refused);
    const received = envelope(0);
    await put(tab, received);
    await flow();
    centreClock.add(90 * day);
    clock.add(90 * day);
    for (let round = 0; round < 5; round++) {
      void tab.line.probe();
      await settle();
      for (const request of [...pending]) request.cut();
      await settle();
    }
    expect(disk.shelf.size).toBe(2);
    await probe(tab);
    expect([...disk.rows.values()].map(({ state }) => state.at)).toEqual(['set-aside']);
  });

  test('[E5] a centre restored while this device was off gets the oldest entries too, before any is thrown away', async () => {
    const { tab: open, envelope, flow, centre, centreClock } = scene();
    const first = await open();
    const before = centre.backup();
    const one = envelope(1);
    await put(first, one);
    await flow();
    await first.close();
    centreClock.add(20 * day);
    centre.restore(before);
    centreClock.add(20 * day);
    const next = await open();
    await flow();
    expect((await states(next))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
    expect(centre.accepted).toEqual([one.envelope.submissionId]);
  });

  test('[E5] what was marked for leaving goes, even when the one who marked it died over it', async () => {
    const { tab: open, envelope, flow, probe, centreClock, disk } = scene();
    const tab = await open();
    const one = envelope(2);
    await put(tab, one);
    await flow();
    centreClock.add(31 * day);
    void tab.line.probe();
    await settle();
    tab.dieAt(3);
    await flow();
    expect(tab.dead).toBe(true);
    expect([...disk.rows.values()].map(({ state }) => state.at)).toEqual(['leaving']);
    const next = await open();
    await flow();
    await probe(next);
    expect([disk.rows.size, disk.shelf.size]).toEqual([0, 0]);
  });

  test("[F4] an evicted entry takes its own files along and no other's", async () => {
    const { tab: open, envelope, flow, probe, centreClock, disk } = scene();
    const tab = await open();
    await put(tab, envelope(2));
    await flow();
    centreClock.add(29 * day);
    await probe(tab);
    const young = envelope(2);
    await put(tab, young);
    await flow();
    centreClock.add(2 * day);
    await probe(tab);
    expect([...disk.shelf.keys()]).toEqual([young.envelope.submissionId]);
    expect([...disk.shelf.values()][0]?.files.size).toBe(2);
  });

  test('[E1] after a restored centre every received entry is offered again, with its files', async () => {
    const { tab: open, envelope, flow, probe, centre } = scene();
    const tab = await open();
    const before = centre.backup();
    const both = [envelope(2), envelope(1)];
    for (const one of both) await put(tab, one);
    await flow();
    expect(centre.memory.custody.size).toBe(2);
    centre.restore(before);
    expect(centre.memory.custody.size).toBe(0);
    await probe(tab);
    expect(centre.memory.custody.size).toBe(2);
    expect(centre.memory.files.size).toBe(3);
    expect(Object.values(await states(tab))).toMatchObject([
      { at: 'received' },
      { at: 'received' },
    ]);
  });
});
