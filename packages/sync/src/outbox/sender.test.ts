import { describe, expect, test } from 'vitest';
import { timeLimit } from '../centre/request.ts';
import { backOff, backOffCap } from '../surroundings/timer.ts';
import { problem } from '../testing/centre.ts';
import { seededRandom } from '../testing/hands.ts';
import { put, scene, states } from '../testing/scene.ts';
import { settle } from '../testing/transport.ts';

const minute = 60_000;

describe('sender', () => {
  test('[O4] waits are spread evenly below a bound that doubles and stops at five minutes', () => {
    const random = seededRandom(7);
    for (let attempt = 0; attempt < 40; attempt++) {
      const bound = Math.min(300_000, 1000 * 2 ** attempt);
      const waits = Array.from({ length: 300 }, () => backOff(attempt, random));
      expect(Math.max(...waits)).toBeLessThan(bound);
      expect(Math.min(...waits)).toBeLessThan(bound * 0.1);
      expect(Math.max(...waits)).toBeGreaterThan(bound * 0.9);
    }
    expect(backOffCap).toBe(300_000);
  });

  test.each([
    ['no answer', (request: Refusable) => request.cut()],
    ['a lost answer', (request: Refusable) => request.loseAnswer()],
    ['a gateway', (request: Refusable) => request.answerWith(new Response('', { status: 503 }))],
    ['a captive portal', (request: Refusable) => request.answerWith(new Response('<html>'))],
    ['too many requests', (request: Refusable) => request.answerWith(problem(429, 'slow-down'))],
    ['a wrong form', (request: Refusable) => request.answerWith(Response.json({ epoch: 1 }))],
    [
      'a time that is none',
      (request: Refusable) => request.answerWith(Response.json(receivedAt(request, 'yesterday'))),
    ],
    [
      'a verdict on another',
      (request: Refusable) => request.answerWith(Response.json({ epoch: 'e', verdicts: [] })),
    ],
  ])(
    '[O4] [O9] [V2] %s is a transport fault: offered again until received',
    async (_name, refuse) => {
      const { tab: open, envelope, flow, under, centre } = scene();
      const tab = await open();
      await flow();
      const one = envelope(0);
      await put(tab, one);
      await settle();
      const [request] = under('envelopes');
      refuse(request as Refusable);
      await flow();
      expect((await states(tab))[one.envelope.submissionId]).toEqual({ at: 'saved' });
      tab.timer.pass(minute);
      await flow();
      expect((await states(tab))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
      expect(centre.accepted).toEqual([one.envelope.submissionId]);
    },
  );

  test('[O9] the first receipt stands when the answer to it was lost', async () => {
    const { tab: open, envelope, flow, under, centreClock } = scene();
    const tab = await open();
    await flow();
    const one = envelope(0);
    await put(tab, one);
    await settle();
    under('envelopes')[0]?.loseAnswer();
    centreClock.add(10 * minute);
    await flow();
    tab.timer.pass(minute);
    await flow();
    expect((await states(tab))[one.envelope.submissionId]).toEqual({
      at: 'received',
      receivedAt: '2026-11-23T09:00:00.000Z',
    });
  });

  test.each(['cannot-decrypt', 'bad-signature', 'wrong-terminal', 'protocol-too-old'] as const)(
    '[O5] [C5] refused as %s: set aside with the reason, not sent again, and resent by hand',
    async (reason) => {
      const { tab: open, envelope, flow, centre, pending } = scene();
      const tab = await open();
      await flow();
      const one = envelope(1);
      const id = one.envelope.submissionId;
      centre.refusals.set(id, reason);
      await put(tab, one);
      await flow();
      expect((await states(tab))[id]).toEqual({ at: 'set-aside', reason });
      tab.timer.pass(60 * minute);
      await settle();
      expect(pending.filter(({ seen }) => !seen.path.includes('probe'))).toEqual([]);

      centre.refusals.clear();
      await tab.desk.apply(id, { kind: 'resend' });
      await flow();
      expect((await states(tab))[id]).toMatchObject({ at: 'received' });
    },
  );

  test('[O5] what the centre calls malformed is set aside, envelope or file', async () => {
    const { tab: open, envelope, flow, centre, under } = scene();
    const tab = await open();
    await flow();
    const one = envelope(0);
    centre.refusals.set(one.envelope.submissionId, 'malformed-request');
    await put(tab, one);
    await flow();
    const two = envelope(1);
    await put(tab, two);
    await settle();
    under('uploads')[0]?.answerWith(problem(413, 'too-large'));
    await flow();
    expect(await states(tab)).toEqual({
      [one.envelope.submissionId]: { at: 'set-aside', reason: 'malformed' },
      [two.envelope.submissionId]: { at: 'set-aside', reason: 'file-refused' },
    });
  });

  test('[C3] an echo of another hash sets aside', async () => {
    const { tab: open, envelope, flow, under } = scene();
    const tab = await open();
    await flow();
    const one = envelope(0);
    const { submissionId } = one.envelope;
    await put(tab, one);
    await settle();
    const verdict = {
      submissionId,
      verdict: 'received',
      duplicate: false,
      manifestHash: 'A'.repeat(43),
      receivedAt: '2026-11-23T09:00:00Z',
    };
    under('envelopes')[0]?.answerWith(Response.json({ epoch: 'epoch-1', verdicts: [verdict] }));
    await flow();
    expect((await states(tab))[submissionId]).toEqual({ at: 'set-aside', reason: 'echo-mismatch' });
  });

  test('[O6] a poisoned case fails for ever, the others pass it by', async () => {
    const { tab: open, envelope, flow, centre } = scene();
    const tab = await open();
    const poison = Array.from({ length: 6 }, () => envelope(1));
    for (const one of poison) {
      centre.refusals.set(one.envelope.submissionId, 'server-fault');
      await put(tab, one);
    }
    const good = Array.from({ length: 6 }, () => envelope(1));
    for (const one of good) await put(tab, one);
    await flow();
    const seen = await states(tab);
    for (const one of good)
      expect(seen[one.envelope.submissionId]).toMatchObject({ at: 'received' });
    for (const one of poison) expect(seen[one.envelope.submissionId]).toEqual({ at: 'saved' });
  });

  test('[O6] a hung upload holds its own place only', async () => {
    const { tab: open, envelope, under, centre } = scene();
    const tab = await open();
    under('probe')[0]?.deliver();
    await settle();
    const hung = envelope(1);
    await put(tab, hung);
    await settle();
    const stuck = under('uploads')[0];
    const good = [envelope(0), envelope(0), envelope(0)];
    for (const one of good) await put(tab, one);
    await settle();
    for (const request of under('envelopes')) request.deliver();
    await settle();
    expect(centre.accepted.toSorted()).toEqual(
      good.map((one) => one.envelope.submissionId).toSorted(),
    );
    expect(under('uploads')).toEqual([stuck]);
  });

  test('[O14] a hung connection is given up after a time that grows with the size', async () => {
    const { tab: open, envelope, under, flow } = scene();
    const tab = await open();
    await flow();
    const one = envelope(1);
    await put(tab, one);
    await settle();
    expect(under('uploads')).toHaveLength(1);
    tab.timer.pass(timeLimit(40) + 1);
    await settle();
    expect(under('uploads')).toEqual([]);
    expect((await states(tab))[one.envelope.submissionId]).toEqual({ at: 'saved' });
    expect(timeLimit(10_000_000)).toBeGreaterThan(10 * minute);
    expect(timeLimit(0)).toBeLessThanOrEqual(minute);
  });

  test('[O3] a centre that never stops asking for files is left alone for a while', async () => {
    const { tab: open, envelope, flow, centre, pending } = scene();
    const tab = await open();
    centre.knobs.alwaysIncomplete = true;
    const one = envelope(1);
    await put(tab, one);
    await flow();
    expect((await states(tab))[one.envelope.submissionId]).toEqual({ at: 'saved' });
    expect(pending).toEqual([]);
    centre.knobs.alwaysIncomplete = false;
    tab.timer.pass(minute);
    await flow();
    expect((await states(tab))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
  });

  test('[O3] only the file that the centre misses is sent again', async () => {
    const { tab: open, envelope, flow, centre, under } = scene();
    const tab = await open();
    await flow();
    const one = envelope(3);
    await put(tab, one);
    await settle();
    while (under('uploads').length > 0) {
      under('uploads')[0]?.deliver();
      await settle();
    }
    const [lost] = one.files.keys();
    centre.memory.files.delete(lost as string);
    under('envelopes')[0]?.deliver();
    await settle();
    expect(under('uploads').map(({ seen }) => seen.headers.get('upload-metadata'))).toEqual([
      `address ${btoa(lost as string)}`,
    ]);
    await flow();
    expect((await states(tab))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
  });

  test('[O7] when the line comes back everything is offered at once, however long the waits were', async () => {
    const { tab: open, envelope, flow, pending, centre } = scene();
    const tab = await open();
    await flow();
    const all = Array.from({ length: 3 }, () => envelope(0));
    for (const one of all) await put(tab, one);
    for (let round = 0; round < 40; round++) {
      await settle();
      for (const request of [...pending]) request.cut();
      await settle();
      tab.timer.pass(minute);
    }
    expect(tab.line.state().at).toBe('cut');
    expect(centre.accepted).toEqual([]);
    void tab.line.probe();
    await flow();
    expect(centre.accepted).toHaveLength(3);
  });

  test('[O7] without a line nothing is tried; a put with a line goes out without any wait', async () => {
    const { tab: open, envelope, flow, pending, under } = scene();
    const tab = await open();
    for (const request of [...pending]) request.cut();
    await settle();
    await put(tab, envelope(0));
    await settle();
    expect(under('envelopes')).toEqual([]);
    tab.timer.pass(31_000);
    await flow();
    await put(tab, envelope(0));
    await settle();
    expect(under('envelopes')).toHaveLength(1);
  });

  test('[O10] a file that is gone or damaged sets its entry aside and loses nothing of it', async () => {
    const { tab: open, envelope, flow, disk } = scene();
    const tab = await open();
    const one = envelope(2);
    const { submissionId } = one.envelope;
    await put(tab, one);
    const [first, second] = one.files.keys();
    disk.shelf.get(submissionId)?.files.set(second as string, new Uint8Array([1]));
    await flow();
    expect((await states(tab))[submissionId]).toEqual({ at: 'set-aside', reason: 'file-lost' });
    expect(disk.shelf.get(submissionId)?.files.has(first as string)).toBe(true);

    disk.shelf
      .get(submissionId)
      ?.files.set(second as string, one.files.get(second as never) as Uint8Array);
    await tab.desk.apply(submissionId, { kind: 'resend' });
    await flow();
    expect((await states(tab))[submissionId]).toMatchObject({ at: 'received' });
  });

  test('[O12] with the clock an hour back or on, entries go out as ever', async () => {
    for (const hours of [-1, 1, -24 * 365]) {
      const { tab: open, envelope, flow, clock, centre } = scene();
      clock.add(hours * 60 * minute);
      const tab = await open();
      await put(tab, envelope(1));
      await flow();
      clock.add(-2 * hours * 60 * minute);
      await put(tab, envelope(1));
      await flow();
      expect(centre.accepted).toHaveLength(2);
    }
  });

  test.each([
    [404, 'not-found', 'envelopes'],
    [422, 'address-mismatch', 'uploads'],
  ])('[N2] [O4] %i %s to %s finds no fault with the case', async (status, code, path) => {
    const { tab: open, envelope, flow, under } = scene();
    const tab = await open();
    await flow();
    const one = envelope(path === 'uploads' ? 1 : 0);
    await put(tab, one);
    await settle();
    under(path)[0]?.answerWith(problem(status, code));
    await flow();
    expect((await states(tab))[one.envelope.submissionId]).toEqual({ at: 'saved' });
    tab.timer.pass(minute);
    await flow();
    expect((await states(tab))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
  });

  test.each(['envelopes', 'uploads'])(
    '[N6] a closed terminal keeps its entries, says why they wait, and sends them once it is open again: %s',
    async (path) => {
      const { tab: open, envelope, flow, under } = scene();
      const tab = await open();
      const other = await open();
      await flow();
      const one = envelope(path === 'uploads' ? 1 : 0);
      const id = one.envelope.submissionId;
      await put(tab, one);
      await settle();
      under(path)[0]?.answerWith(problem(403, 'terminal-closed'));
      await flow();
      for (const each of [tab, other])
        expect((await states(each))[id]).toEqual({ at: 'saved', waits: 'terminal-closed' });
      tab.timer.pass(minute);
      await flow();
      expect((await states(other))[id]).toMatchObject({ at: 'received' });
    },
  );

  test('[N2] not being admitted says nothing about the case', async () => {
    const { tab: open, envelope, flow, centre } = scene();
    const tab = await open();
    centre.knobs.admits = false;
    const one = envelope(1);
    await put(tab, one);
    await flow();
    expect((await states(tab))[one.envelope.submissionId]).toEqual({ at: 'saved' });
    centre.knobs.admits = true;
    tab.timer.pass(minute);
    await flow();
    expect((await states(tab))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
  });
});

type Refusable = NonNullable<ReturnType<ReturnType<typeof scene>['under']>[number]>;

function receivedAt({ seen }: Refusable, time: string): unknown {
  const { envelopes } = JSON.parse(new TextDecoder().decode(seen.body));
  const [{ submissionId, manifestHash }] = envelopes;
  const verdict = {
    submissionId,
    verdict: 'received',
    duplicate: false,
    manifestHash,
    receivedAt: time,
  };
  return { epoch: 'epoch-1', verdicts: [verdict] };
}
