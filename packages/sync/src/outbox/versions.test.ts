import { describe, expect, test } from 'vitest';
import { put, scene, states } from '../testing/scene.ts';
import { settle } from '../testing/transport.ts';

const minute = 60_000;

describe('a centre that speaks otherwise', () => {
  test('[V1] what was too old for the centre is offered again by an app that speaks a newer protocol', async () => {
    const { tab: open, envelope, flow, centre, disk } = scene();
    const tab = await open();
    const one = envelope(0);
    const { submissionId } = one.envelope;
    centre.refusals.set(submissionId, 'protocol-too-old');
    await put(tab, one);
    await flow();
    centre.refusals.clear();
    tab.kill();
    const same = await open();
    await flow();
    expect((await states(same))[submissionId]).toEqual({
      at: 'set-aside',
      reason: 'protocol-too-old',
    });
    same.kill();
    // As if an app that spoke an older protocol had set it aside.
    const row = disk.rows.get(submissionId);
    if (row?.state.at === 'set-aside')
      disk.rows.set(submissionId, { ...row, state: { ...row.state, protocol: 0 } });
    const newer = await open();
    await flow();
    expect((await states(newer))[submissionId]).toMatchObject({ at: 'received' });
  });

  test.each(['malformed-request', 'a-reason-to-come'] as const)(
    '[V1] [V4] %s is offered again by itself once the centre, or this app, speaks a newer protocol',
    async (refusal) => {
      const { tab: open, envelope, flow, probe, centre, disk } = scene();
      const tab = await open();
      const [one, two] = [envelope(0), envelope(0)];
      const [first, second] = [one.envelope.submissionId, two.envelope.submissionId];
      centre.refusals.set(first, refusal);
      centre.refusals.set(second, refusal);
      await put(tab, one);
      await put(tab, two);
      await flow();
      const reason = refusal === 'malformed-request' ? 'malformed' : 'refused-otherwise';
      expect((await states(tab))[first]).toEqual({ at: 'set-aside', reason });
      centre.refusals.delete(first);
      await probe(tab);
      expect((await states(tab))[first]).toEqual({ at: 'set-aside', reason });
      centre.knobs.protocol += 1;
      await probe(tab);
      expect((await states(tab))[first]).toMatchObject({ at: 'received' });
      expect((await states(tab))[second]).toEqual({ at: 'set-aside', reason });

      tab.kill();
      centre.refusals.delete(second);
      const row = disk.rows.get(second);
      if (row?.state.at === 'set-aside')
        disk.rows.set(second, { ...row, state: { ...row.state, protocol: 0 } });
      const newer = await open();
      await flow();
      expect((await states(newer))[second]).toMatchObject({ at: 'received' });
    },
  );

  test('[V5] a verdict that this terminal has no word for is a transport fault of its own row', async () => {
    const { tab: open, envelope, flow, under } = scene();
    const tab = await open();
    await flow();
    const one = envelope(0);
    const { submissionId } = one.envelope;
    await put(tab, one);
    await settle();
    const verdicts = [{ submissionId, verdict: 'postponed', until: 'tomorrow' }];
    under('envelopes')[0]?.answerWith(Response.json({ epoch: 'epoch-1', verdicts }));
    await flow();
    expect((await states(tab))[submissionId]).toEqual({ at: 'saved' });
    tab.timer.pass(minute);
    await flow();
    expect((await states(tab))[submissionId]).toMatchObject({ at: 'received' });
  });
});
