import type { LineState } from '@tongban/core';
import { describe, expect, test } from 'vitest';
import { createCentre } from '../centre/centre.ts';
import { protocolVersion } from '../protocol/index.ts';
import { simulatedCentre } from '../testing/centre.ts';
import { handClock, handTimer, seededRandom } from '../testing/hands.ts';
import { handTransport, type Pending, settle } from '../testing/transport.ts';
import { startLine } from './line.ts';

const minute = 60_000;

async function stage() {
  const random = seededRandom(3);
  const clock = handClock();
  const centreClock = handClock();
  const timer = handTimer();
  const centre = simulatedCentre(() => centreClock.now());
  const { fetch, pending } = handTransport(centre);
  const vault = {
    terminal: async () => ({ id: 't' as never, publicJwk: {} }),
    sign: async () => new Uint8Array(64),
  };
  const client = createCentre({ origin: '', fetch, vault, centreClock: clock, random, timer });
  const line = startLine({ centre: client, clock, random, timer });
  const seen: LineState[] = [];
  line.watch((state) => seen.push(state));
  await settle();
  return { line, clock, centreClock, timer, centre, pending, seen };
}

async function answer(pending: readonly Pending[], how: (request: Pending) => void) {
  const [request] = pending;
  if (request === undefined) throw new Error('No probe is under way');
  how(request);
  await settle();
}

const nothingButNonce = (request: Pending) => ({
  centre: 'tongban',
  nonce: request.seen.search.get('nonce'),
  time: '2026-11-23T09:00:00Z',
  epoch: 'e',
  protocol: 1,
  catalogueVersion: 'v1',
  demonstration: true,
});

describe('line', () => {
  test('[L1] connected only after the centre echoed a fresh nonce', async () => {
    const { line, pending, timer } = await stage();
    expect(line.state()).toEqual({ at: 'unknown' });
    const first = pending[0]?.seen.search.get('nonce');
    expect(first).toMatch(/^[A-Za-z0-9_-]{22}$/);
    await answer(pending, (request) => request.deliver());
    expect(line.state()).toEqual({ at: 'connected', since: '2026-11-23T09:00:00.000Z', skew: 0 });
    timer.pass(30_000);
    await settle();
    expect(pending[0]?.seen.search.get('nonce')).not.toBe(first);
  });

  test('[V10] a centre that no longer understands this protocol is connected, and that is said', async () => {
    const { line, pending, timer, seen } = await stage();
    const say = (oldest: number) => (request: Pending) =>
      request.answerWith(Response.json({ ...nothingButNonce(request), oldest }));
    await answer(pending, say(protocolVersion));
    expect(line.state()).not.toHaveProperty('tooOld');
    timer.pass(30_000);
    await settle();
    await answer(pending, say(protocolVersion + 1));
    expect(line.state()).toMatchObject({ at: 'connected', tooOld: true });
    expect(seen.at(-1)).toEqual(line.state());
    timer.pass(30_000);
    await settle();
    await answer(pending, say(protocolVersion));
    expect(line.state()).not.toHaveProperty('tooOld');
  });

  test.each<[string, (request: Pending) => Response]>([
    ['a page to log in', () => new Response('<html>Welcome to our hotel</html>')],
    [
      'a redirect',
      () => ({ ok: false, status: 0, type: 'opaqueredirect', text: async () => '' }) as Response,
    ],
    ['a page that is not found', () => new Response('not found', { status: 404 })],
    ['JSON of another kind', () => Response.json({ ok: true })],
    [
      'an old answer',
      (request) => Response.json({ ...nothingButNonce(request), nonce: 'of another probe' }),
    ],
    [
      'a time that is none',
      (request) => Response.json({ ...nothingButNonce(request), time: 'soon' }),
    ],
  ])('[L1] %s is not the centre', async (_name, response) => {
    const { line, pending } = await stage();
    await answer(pending, (request) => request.answerWith(response(request)));
    expect(line.state()).toMatchObject({ at: 'cut', why: 'not-the-centre' });
  });

  test('[L2] no answer and a late one are unreachable, 5xx is a fault of the server', async () => {
    const { line, pending, timer } = await stage();
    await answer(pending, (request) => request.cut());
    expect(line.state()).toMatchObject({ at: 'cut', why: 'unreachable' });
    timer.pass(2_000);
    await settle();
    await answer(pending, (request) => request.answerWith(new Response('', { status: 503 })));
    expect(line.state()).toMatchObject({ at: 'cut', why: 'server-fault' });
    timer.pass(4_000);
    await settle();
    expect(pending).toHaveLength(1);
    timer.pass(20_000);
    await settle();
    expect(line.state()).toMatchObject({ at: 'cut', why: 'unreachable' });
  });

  test("[L3] the skew is the centre's clock minus ours, half the time under way allowed for", async () => {
    const { line, pending, clock, centreClock } = await stage();
    centreClock.add(60 * minute);
    clock.add(4_000);
    await answer(pending, (request) => request.deliver());
    expect(line.state()).toMatchObject({ at: 'connected', skew: 60 * minute - 2_000 });
    expect(line.centreTime()).toBe(clock.now().getTime() + 60 * minute - 2_000);
  });

  test('[L4] the probe comes by itself, more seldom the longer the line is cut, and on demand', async () => {
    const { line, pending, timer } = await stage();
    const gaps: number[] = [];
    for (let round = 0; round < 7; round++) {
      await answer(pending, (request) => request.cut());
      let waited = 0;
      while (pending.length === 0) {
        timer.pass(1_000);
        waited += 1;
        await settle(3);
      }
      gaps.push(waited);
    }
    expect(gaps).toEqual([2, 4, 8, 16, 30, 30, 30]);
    await answer(pending, (request) => request.deliver());
    timer.pass(29_000);
    await settle();
    expect(pending).toEqual([]);
    void line.probe();
    void line.probe();
    await settle();
    expect(pending).toHaveLength(1);
    await answer(pending, (request) => request.cut());
    timer.pass(2_000);
    await settle();
    expect(pending).toHaveLength(1);
  });

  test('[L5] since stays while the state stays, and nobody is woken for nothing', async () => {
    const { line, pending, timer, clock, seen } = await stage();
    await answer(pending, (request) => request.deliver());
    for (let round = 0; round < 3; round++) {
      clock.add(30_000);
      timer.pass(30_000);
      await settle();
      await answer(pending, (request) => request.deliver());
    }
    // The centre's clock stood still meanwhile: the skew is news, the beginning is not.
    expect(line.state()).toMatchObject({
      at: 'connected',
      since: '2026-11-23T09:00:00.000Z',
      skew: -90_000,
    });
    timer.pass(30_000);
    await settle();
    await answer(pending, (request) => request.deliver());
    expect(seen.map((state) => state.at)).toEqual([
      'connected',
      'connected',
      'connected',
      'connected',
    ]);
    clock.add(minute);
    void line.probe();
    await settle();
    await answer(pending, (request) => request.cut());
    void line.probe();
    await settle();
    await answer(pending, (request) => request.cut());
    expect(seen).toHaveLength(5);
    expect(line.state()).toMatchObject({ at: 'cut', since: '2026-11-23T09:02:30.000Z' });
  });

  test('[L4] a stopped line probes no more', async () => {
    const { line, pending, timer } = await stage();
    await answer(pending, (request) => request.deliver());
    line.stop();
    timer.pass(10 * minute);
    await settle();
    expect(pending).toEqual([]);
  });
});
