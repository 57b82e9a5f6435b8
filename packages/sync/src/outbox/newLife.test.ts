import { describe, expect, test } from 'vitest';
import { put, scene, states } from '../testing/scene.ts';
import { settle } from '../testing/transport.ts';

const day = 24 * 3_600_000;

describe('a centre that lives a new life', () => {
  test('[E1] is asked what it still has: that keeps its echo, only the rest is sent again', async () => {
    const { tab: open, envelope, flow, probe, centre, centreClock, disk, pending } = scene();
    const tab = await open();
    const kept = Array.from({ length: 3 }, () => envelope(2));
    for (const one of kept) await put(tab, one);
    await flow();
    const backup = centre.backup();
    const lost = envelope(2);
    await put(tab, lost);
    await flow();
    const first = (await states(tab))[kept[0]?.envelope.submissionId ?? ''];
    centreClock.add(10 * day);
    centre.restore(backup);

    const asked: string[] = [];
    void tab.line.probe();
    await settle();
    while (pending.length > 0) {
      for (const request of [...pending]) {
        asked.push(`${request.seen.method} ${request.seen.path.split('/')[3]}`);
        request.deliver();
      }
      await settle();
    }
    expect(asked).toEqual([
      'GET probe',
      'POST envelopes',
      'POST uploads',
      'POST uploads',
      'POST envelopes',
    ]);
    expect(centre.memory.custody.has(lost.envelope.submissionId)).toBe(true);
    expect((await states(tab))[kept[0]?.envelope.submissionId ?? '']).toEqual(first);
    for (const { state } of disk.rows.values()) {
      expect(state).toMatchObject({ at: 'received', epoch: 'epoch-2' });
    }
    // From the new echo on, thirty days more.
    centreClock.add(29 * day);
    await probe(tab);
    expect(disk.shelf.size).toBe(4);
    centreClock.add(2 * day);
    await probe(tab);
    expect(disk.shelf.size).toBe(0);
  });

  test('[E1] is asked in questions of five hundred, and again where an answer was lost', async () => {
    const { tab: open, envelope, flow, centre, under, disk } = scene();
    const tab = await open();
    for (let index = 0; index < 501; index++) await put(tab, envelope(0));
    await flow();
    centre.restore(centre.backup());
    void tab.line.probe();
    await settle();
    under('probe')[0]?.deliver();
    await settle();
    under('known')[0]?.loseAnswer();
    await settle();
    expect([...disk.rows.values()].every(({ state }) => state.at === 'received')).toBe(true);
    void tab.line.probe();
    await settle();
    under('probe')[0]?.deliver();
    await settle();
    const sizes: number[] = [];
    for (let request = under('known')[0]; request !== undefined; request = under('known')[0]) {
      sizes.push(JSON.parse(new TextDecoder().decode(request.seen.body)).held.length);
      request.deliver();
      await settle(600);
    }
    expect(sizes).toEqual([500, 1]);
    const epochs = [...disk.rows.values()].map(({ state }) => 'epoch' in state && state.epoch);
    expect(new Set(epochs)).toEqual(new Set(['epoch-2']));
  });

  test('[E1] [C3] one that has another content under the same id sets the entry aside', async () => {
    const { tab: open, envelope, flow, probe, centre } = scene();
    const tab = await open();
    const one = envelope(0);
    const id = one.envelope.submissionId;
    await put(tab, one);
    await flow();
    const backup = centre.backup();
    const held = backup.custody.get(id);
    if (held !== undefined) held.envelope.manifestHash = 'A'.repeat(43);
    centre.restore(backup);
    await probe(tab);
    expect((await states(tab))[id]).toEqual({ at: 'set-aside', reason: 'conflicting-submission' });
  });

  test('[E1] one from before there was the question is offered everything again', async () => {
    const { tab: open, envelope, flow, probe, centre } = scene();
    const tab = await open();
    const before = centre.backup();
    centre.knobs.knows = false;
    for (let index = 0; index < 2; index++) await put(tab, envelope(1));
    await flow();
    centre.restore(before);
    await probe(tab);
    expect(centre.memory.custody.size).toBe(2);
  });
});
