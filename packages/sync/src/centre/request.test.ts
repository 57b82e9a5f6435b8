import Type from 'typebox';
import { describe, expect, test } from 'vitest';
import { simulatedCentre } from '../testing/centre.ts';
import { handTimer, seededRandom } from '../testing/hands.ts';
import { handTransport, settle } from '../testing/transport.ts';
import { askBytes, askJson } from './request.ts';

function stage() {
  const { fetch, pending } = handTransport(simulatedCentre());
  const timer = handTimer();
  const options = {
    origin: '',
    fetch,
    vault: {
      terminal: async () => ({ id: 't' as never, publicJwk: {} }),
      sign: async () => new Uint8Array(64),
    },
    centreClock: { now: () => new Date() },
    random: seededRandom(1),
    timer,
  };
  return { pending, timer, options };
}

/** A body that comes when the test's hand lets it. */
function handBody() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    cancel() {
      cancelled = true;
    },
  });
  return {
    response: new Response(body),
    send: (length: number) => controller?.enqueue(new Uint8Array(length).fill(7)),
    end: () => controller?.close(),
    get cancelled() {
      return cancelled;
    },
  };
}

describe('a request to the centre', () => {
  test('[O17] a spent proof is made anew, once', async () => {
    const { options } = stage();
    const proofs: (string | null)[] = [];
    const answers = (spent: number) => ({
      ...options,
      fetch: async (_: unknown, init?: RequestInit) => {
        proofs.push(new Headers(init?.headers).get('dpop'));
        if (proofs.length > spent) return Response.json({ fine: true });
        const problem = {
          type: '/problems/proof-replayed',
          title: 'This proof has been used before.',
          status: 401,
          code: 'proof-replayed',
          correlation: 'c',
        };
        return Response.json(problem, {
          status: 401,
          headers: { 'content-type': 'application/problem+json' },
        });
      },
    });
    const ask = (spent: number) =>
      askJson(answers(spent), { method: 'POST', path: '/x', body: {} }, Type.Unknown());
    expect(await ask(1)).toMatchObject({ ok: true, value: { fine: true } });
    expect(new Set(proofs).size).toBe(2);
    proofs.length = 0;
    // Somebody is at it who repeats everything: that is said.
    expect(await ask(9)).toMatchObject({ ok: false, error: { code: 'proof-replayed' } });
    expect(proofs).toHaveLength(2);
  });

  test('[O14] a download may take as long as its bytes come, however slowly', async () => {
    const { pending, timer, options } = stage();
    const body = handBody();
    const asked = askBytes(
      options,
      { method: 'POST', path: '/api/v1/handovers/x/take' },
      () => ({}),
    );
    await settle();
    pending[0]?.answerWith(body.response);
    await settle();
    for (let part = 0; part < 100; part++) {
      body.send(10_000);
      await settle(3);
      timer.pass(14_000);
      await settle(3);
    }
    body.end();
    expect(await asked).toMatchObject({ ok: true, value: { bytes: { length: 1_000_000 } } });
    expect(timer.waits).toEqual([]);
  });

  test('[O14] a download that stands still is broken off, bytes and JSON alike', async () => {
    const { pending, timer, options } = stage();
    const request = { method: 'GET', path: '/api/v1/changes/status' } as const;
    for (const ask of [
      () => askBytes(options, request, () => ({})),
      () => askJson(options, request, Type.Object({})),
    ]) {
      const body = handBody();
      const asked = ask();
      await settle();
      pending[0]?.answerWith(body.response);
      body.send(1);
      await settle();
      timer.pass(15_001);
      expect(await asked).toEqual({ ok: false, error: { kind: 'fault', why: 'unreachable' } });
      expect(body.cancelled).toBe(true);
    }
  });
});
