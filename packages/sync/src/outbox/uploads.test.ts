import { describe, expect, test } from 'vitest';
import { problem } from '../testing/centre.ts';
import { put, scene, states } from '../testing/scene.ts';
import { settle } from '../testing/transport.ts';

const minute = 60_000;
/** Files of 40 bytes and a little more, in parts of ten and then twenty. */
const parts = { smallest: 10, largest: 20 };

/** A tab before the centre, one file of forty bytes saved, and what goes under way counted. */
async function stage() {
  const place = scene(3, parts);
  const tab = await place.tab();
  await place.flow();
  const one = place.envelope(1);
  const address = one.files.keys().next().value as string;
  const id = one.envelope.submissionId;
  await put(tab, one);
  await settle();
  const next = () => place.under('uploads')[0];
  const held = () => place.centre.memory.uploads.get(address)?.bytes.length;
  /** Everything but parts of files, until nothing else is under way. */
  async function others(): Promise<void> {
    for (;;) {
      await settle();
      const found = place.pending.filter(({ seen }) => !seen.path.includes('uploads'));
      if (found.length === 0) return;
      for (const request of found) request.deliver();
    }
  }
  /** Long enough for the sender to try again. */
  async function again(): Promise<void> {
    await others();
    tab.timer.pass(minute);
    await others();
  }
  return { ...place, tab, open: place.tab, one, id, address, next, held, others, again };
}

type Pending = NonNullable<ReturnType<Awaited<ReturnType<typeof stage>>['next']>>;

describe('files under way', () => {
  test('[U1] [O11] parts grow while they are brisk, and progress is what the centre has committed', async () => {
    const { tab, id, next } = await stage();
    const seen: unknown[] = [];
    const sizes: number[] = [];
    for (let request = next(); request !== undefined; request = next()) {
      sizes.push(request.seen.body.length);
      request.deliver();
      await settle();
      const state = (await states(tab))[id];
      if (state !== undefined) seen.push((state as { sentBytes?: number }).sentBytes);
    }
    expect(sizes).toEqual([10, 10, 20]);
    expect(seen).toEqual([10, 20, 40]);
  });

  test('[U2] parts shrink where the line is slow', async () => {
    const { tab, next } = await stage();
    const sizes: number[] = [];
    for (let request = next(); request !== undefined; request = next()) {
      sizes.push(request.seen.body.length);
      tab.timer.pass(3_000);
      request.deliver();
      await settle();
    }
    expect(sizes).toEqual([10, 10, 10, 10]);
  });

  test.each([
    ['the line is cut', (request: Pending) => request.cut()],
    ['the answer is lost', (request: Pending) => request.loseAnswer()],
    ['the centre restarts', (request: Pending) => request.answerWith(problem(503, 'unavailable'))],
    ['somebody else answers', (request: Pending) => request.answerWith(new Response('<html>'))],
    [
      'an answer takes back what was committed',
      (request: Pending) =>
        request.answerWith(
          new Response(null, { headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0' } }),
        ),
    ],
  ])('[U2] [O11] %s: it goes on where the centre stands', async (_name, happen) => {
    const { tab, id, next, held, again, flow } = await stage();
    next()?.deliver();
    await settle();
    happen(next() as Pending);
    await settle();
    const before = held() ?? 0;
    expect((await states(tab))[id]).toEqual({ at: 'saved' });
    await again();
    next()?.deliver();
    await settle();
    expect((await states(tab))[id]).toMatchObject({ at: 'sending', sentBytes: before });
    expect(next()?.seen.headers.get('upload-offset')).toBe(String(before));
    await flow();
    expect((await states(tab))[id]).toMatchObject({ at: 'received' });
  });

  test('[U2] a killed tab leaves what the centre holds; the next one sends the rest only', async () => {
    const { tab, id, next, held, flow, open, others } = await stage();
    next()?.deliver();
    await settle();
    next()?.deliver();
    await settle();
    tab.kill();
    next()?.cut();
    expect(held()).toBe(20);
    const heir = await open();
    await others();
    const sent: [string, number][] = [];
    for (let request = next(); request !== undefined; request = next()) {
      if (request.seen.method === 'PATCH')
        sent.push([request.seen.headers.get('upload-offset') ?? '', request.seen.body.length]);
      request.deliver();
      await settle();
    }
    expect(sent).toEqual([
      ['20', 10],
      ['30', 10],
    ]);
    await flow();
    expect((await states(heir))[id]).toMatchObject({ at: 'received' });
  });

  test('[U4] where another sender was faster, it goes on from there; where the centre forgot, from the beginning', async () => {
    const { tab, id, next, centre, one, address, flow } = await stage();
    next()?.deliver();
    await settle();
    const bytes = one.files.get(address as never) as Uint8Array;
    centre.memory.uploads.set(address, { size: 40, bytes: bytes.slice(0, 33) });
    const asked: [string, string | null][] = [];
    const follow = async () => {
      const request = next() as Pending;
      asked.push([request.seen.method, request.seen.headers.get('upload-offset')]);
      request.deliver();
      await settle();
    };
    await follow();
    await follow();
    centre.memory.uploads.delete(address);
    await follow();
    await follow();
    expect(asked).toEqual([
      ['PATCH', '10'],
      ['POST', null],
      ['PATCH', '33'],
      ['POST', null],
    ]);
    await flow();
    expect((await states(tab))[id]).toMatchObject({ at: 'received' });
  });

  test('[U3] a whole that was altered on the way is sent again, nothing is set aside', async () => {
    const { tab, id, next, centre, address, again, flow } = await stage();
    next()?.deliver();
    await settle();
    const under = centre.memory.uploads.get(address);
    under?.bytes.set([255, 255, 255]);
    for (let request = next(); request !== undefined; request = next()) {
      request.deliver();
      await settle();
    }
    expect((await states(tab))[id]).toMatchObject({ at: 'saved' });
    await again();
    await flow();
    expect((await states(tab))[id]).toMatchObject({ at: 'received' });
  });

  test('[U2] a centre from before there were parts gets the file whole', async () => {
    const place = scene(3, parts);
    place.centre.knobs.takesParts = false;
    const tab = await place.tab();
    const one = place.envelope(2);
    await put(tab, one);
    await place.flow();
    expect((await states(tab))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
    expect(place.centre.memory.files.size).toBe(2);
  });
});
