import { describe, expect, test } from 'vitest';
import { problem } from '../testing/centre.ts';
import { put, scene, states } from '../testing/scene.ts';
import { type Pending, settle } from '../testing/transport.ts';

const minute = 60_000;

function carried(request: Pending | undefined): number {
  return JSON.parse(new TextDecoder().decode(request?.seen.body)).envelopes.length;
}

/** So many entries saved while the line was cut; it is whole again now. */
async function backlog(count: number, files = 0) {
  const place = scene(9);
  const tab = await place.tab();
  for (const request of [...place.pending]) request.cut();
  await settle();
  const all = Array.from({ length: count }, () => place.envelope(files));
  for (const one of all) await put(tab, one);
  const connect = async () => {
    void tab.line.probe();
    await settle();
    place.under('probe')[0]?.deliver();
    await settle(120);
  };
  return { ...place, tab, all, connect };
}

describe('many envelopes at once', () => {
  test('[O16] up to four go each by itself, what is beyond goes together, fifty at a time', async () => {
    const few = await backlog(4);
    await few.connect();
    expect(few.under('envelopes').map(carried)).toEqual([1, 1, 1, 1]);

    const { under, connect, tab, centre } = await backlog(120);
    await connect();
    const sizes: number[] = [];
    for (
      let request = under('envelopes')[0];
      request !== undefined;
      request = under('envelopes')[0]
    ) {
      sizes.push(carried(request));
      request.deliver();
      await settle(400);
    }
    expect(sizes.slice(0, 5)).toEqual([1, 1, 1, 1, 46]);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(120);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50);
    expect(sizes.length).toBeLessThan(20);
    expect(
      new Set(Object.values(await states(tab)).map((state) => (state as { at: string }).at)),
    ).toEqual(new Set(['received']));
    expect(centre.accepted).toHaveLength(120);
  });

  test('[O16] no more than a megabyte together, and a longer one by itself', async () => {
    const place = await backlog(0);
    for (let index = 0; index < 12; index++) {
      const one = place.envelope(0);
      const jwe = 'A'.repeat(index === 6 ? 900_000 : 300_000);
      await put(place.tab, { ...one, envelope: { ...one.envelope, jwe } });
    }
    await place.connect();
    const sizes: number[] = [];
    for (
      let request = place.under('envelopes')[0];
      request !== undefined;
      request = place.under('envelopes')[0]
    ) {
      if (carried(request) > 1) sizes.push(request.seen.body.length);
      request.deliver();
      await settle(60);
    }
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThan(1_010_000);
    expect(place.centre.accepted).toHaveLength(12);
  });

  test.each(['server-fault', 'malformed-request'] as const)(
    '[O16] [O6] one that spoils the request for all (%s) is found, and blamed alone',
    async (refusal) => {
      const { all, connect, flow, centre, tab } = await backlog(30);
      const bad = all[20]?.envelope.submissionId as string;
      centre.refusals.set(bad, refusal);
      await connect();
      await flow();
      await settle(200);
      const seen = await states(tab);
      for (const { envelope } of all) {
        if (envelope.submissionId !== bad)
          expect(seen[envelope.submissionId]).toMatchObject({ at: 'received' });
      }
      expect(seen[bad]).toEqual(
        refusal === 'server-fault' ? { at: 'saved' } : { at: 'set-aside', reason: 'malformed' },
      );
    },
  );

  test('[O16] a line that breaks, or a centre that does not let us in, is not asked once for each', async () => {
    for (const end of [
      (request: Pending) => request.cut(),
      (request: Pending) => request.answerWith(problem(401, 'terminal-unknown')),
    ]) {
      const { under, connect, flow, tab, centre } = await backlog(30);
      await connect();
      for (const request of under('envelopes')) request.deliver();
      await settle(60);
      const together = under('envelopes')[0] as Pending;
      expect(carried(together)).toBe(26);
      end(together);
      await settle(60);
      expect(under('envelopes')).toEqual([]);
      tab.timer.pass(minute);
      await flow();
      await settle(200);
      await flow();
      expect(centre.accepted).toHaveLength(30);
    }
  });
});
