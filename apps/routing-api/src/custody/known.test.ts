import { shippedCatalogue } from '@tongban/catalogue';
import { rate, systemRandom, uuid } from '@tongban/core';
import type { KnownAnswer } from '@tongban/sync/protocol';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { makeDevice } from '../testing/device.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let centre: RunningCentre;
beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
});
afterAll(() => centre.end());

test('[E1] the centre says what it has, what it has not, and what it has otherwise; 501 at a time is too many', async () => {
  const kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  const applicant = makeApplicant(kiosk, centre.clock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, centre.clock));
  const receipt = await applicant.submit(visit);
  await rate({ receipt, language: 'zh-CN', level: 'good' }, applicant.ports);
  const [one, two] = [...applicant.disk.envelopes.values()];
  const verdict = await kiosk.send(one!.envelope, one!.files);
  await kiosk.send(two!.envelope, two!.files);

  const ask = (held: readonly { submissionId: string; manifestHash: string }[]) =>
    kiosk.ask('POST', '/api/v1/envelopes/known', { held });
  const stranger = uuid(systemRandom);
  const hash = 'A'.repeat(43);
  const answer = await ask([
    { submissionId: one!.envelope.submissionId, manifestHash: one!.envelope.manifestHash },
    { submissionId: stranger, manifestHash: hash },
    { submissionId: two!.envelope.submissionId, manifestHash: hash },
  ]);
  const { rows, epoch } = (await answer.json()) as KnownAnswer;
  expect(epoch).toBe(await centre.centre.epoch());
  expect(rows).toEqual([
    {
      submissionId: one!.envelope.submissionId,
      state: 'received',
      receivedAt: verdict.verdict === 'received' ? verdict.receivedAt : '',
    },
    { submissionId: stranger, state: 'unknown' },
    { submissionId: two!.envelope.submissionId, state: 'conflict' },
  ]);
  const many = (length: number) =>
    Array.from({ length }, () => ({ submissionId: uuid(systemRandom), manifestHash: hash }));
  expect((await ask(many(500))).status).toBe(200);
  expect((await ask(many(501))).status).toBe(400);
  expect((await ask([])).status).toBe(400);
});
