import { shippedCatalogue } from '@tongban/catalogue';
import { type Envelope, systemRandom, uuid } from '@tongban/core';
import { sampleApplication } from '@tongban/core/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Database } from '../database/database.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { openArrival } from './arrival.ts';
import { gatherCustody } from './gather.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let centre: RunningCentre;
let kiosk: Device;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
});
afterAll(() => centre.end());

const sealed = () =>
  kiosk.sealed({
    ...sampleApplication,
    submissionId: uuid(systemRandom),
    terminal: kiosk.id,
    materials: [],
    papers: [],
  });
const arrivalOf = (envelope: Envelope, sentBy: string = kiosk.id) => ({
  envelope,
  sentBy,
  correlation: 'gathered-0001',
});

/** The centre with a gate before its transactions, and their number. */
function gated() {
  const gate = Promise.withResolvers<void>();
  const begun = { transactions: 0 };
  const { database } = centre.centre;
  const transaction: Database['transaction'] = async (work) => {
    begun.transactions += 1;
    await gate.promise;
    return database.transaction(work);
  };
  return { gate, begun, centre: { ...centre.centre, database: { ...database, transaction } } };
}

test('[M1] what arrives while a batch commits is taken together, each with its own entry in the log', async () => {
  const { gate, begun, centre: slow } = gated();
  const custody = gatherCustody(slow);
  const envelopes = await Promise.all(Array.from({ length: 20 }, sealed));
  const taking = Promise.all(envelopes.map((envelope) => custody(arrivalOf(envelope))));
  // As long as it takes to open them once more, they have been opened.
  for (const envelope of [...envelopes, ...envelopes]) await openArrival(slow, arrivalOf(envelope));
  gate.resolve();
  const verdicts = await taking;
  expect(verdicts).toMatchObject(
    envelopes.map(({ submissionId, manifestHash }) => ({
      submissionId,
      manifestHash,
      verdict: 'received',
      duplicate: false,
    })),
  );
  expect(begun.transactions).toBeLessThan(5);
  const { rows } = await centre.centre.database.query<{ n: number }>(
    `select count(*)::int as n from audit where event = 'envelope.received' and subject = any($1)`,
    [envelopes.map(({ submissionId }) => submissionId)],
  );
  expect(rows[0]?.n).toBe(20);
});

test('[M1] [C2] one submission offered several times in one batch is received once', async () => {
  const { gate, centre: slow } = gated();
  const custody = gatherCustody(slow);
  const [envelope, other] = [await sealed(), await sealed()];
  const clash = { ...other, submissionId: envelope.submissionId };
  const taking = Promise.all([envelope, envelope, envelope].map((one) => custody(arrivalOf(one))));
  gate.resolve();
  const verdicts = await taking;
  expect(verdicts.map((verdict) => verdict?.verdict)).toEqual(['received', 'received', 'received']);
  const fresh = verdicts.filter((verdict) => verdict?.verdict === 'received' && !verdict.duplicate);
  expect(fresh).toHaveLength(1);
  expect(await custody(arrivalOf(clash))).toMatchObject({ reason: 'hash-mismatch' });
});

test('[O6] a batch that fails is done again one by one: what cannot be stored holds up none of the others', async () => {
  const { gate, centre: slow } = gated();
  const custody = gatherCustody(slow);
  const envelopes = await Promise.all(Array.from({ length: 5 }, sealed));
  const taking = Promise.all(
    envelopes.map((envelope, n) =>
      custody(arrivalOf(envelope, n === 2 ? 'no\u0000name' : kiosk.id)),
    ),
  );
  gate.resolve();
  expect((await taking).map((verdict) => verdict?.verdict)).toEqual([
    'received',
    'received',
    undefined,
    'received',
    'received',
  ]);
  const [poisoned] = envelopes.slice(2, 3);
  expect(await custody(arrivalOf(poisoned!))).toMatchObject({
    verdict: 'received',
    duplicate: false,
  });
});
