import { systemRandom } from '@tongban/core';
import { afterEach, expect, test } from 'vitest';
import { createCentre } from '../centre/centre.ts';
import type { ProbedLine } from '../line/line.ts';
import { openDatabase } from '../storage/database.ts';
import { keptIn } from '../storage/kept.ts';
import { rowsOf } from '../storage/rows.ts';
import { simulatedCentre } from '../testing/centre.ts';
import { emptyDisk, storageOfTab } from '../testing/disk.ts';
import { handTimer } from '../testing/hands.ts';
import { openTransport } from '../testing/transport.ts';
import { startPulling } from './pulling.ts';
import { replicateScope } from './scope.ts';
import { createStanding } from './standing.ts';
import { pullStatus } from './statusPull.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const connected = {
  state: () => ({ at: 'connected' }),
  watch: () => () => undefined,
  probe: async () => ({ at: 'connected' }),
} as unknown as ProbedLine;

/** All three scopes followed at a simulated centre that says hello without numbers, as an older one does. */
async function stage() {
  const centre = simulatedCentre();
  centre.change('status', 'a', {});
  const timer = handTimer();
  const asked: string[] = [];
  const arrive = openTransport(centre);
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const database = await openDatabase({
    name: 'pulls',
    storage: storageOfTab(emptyDisk(), 'one'),
    key,
    random: systemRandom,
    collections: ['status', 'catalogue', 'settings', 'kept'],
  });
  const { collections } = database;
  ends.push(() => database.close());
  const client = createCentre({
    origin: '',
    vault: {
      terminal: async () => ({ id: 't' as never, publicJwk: {} }),
      sign: async () => new Uint8Array(64),
    },
    centreClock: { now: () => new Date() },
    random: systemRandom,
    timer,
    fetch: async (input, init) => {
      const scope = /changes\/(\w+)/.exec(String(input))?.[1];
      if (scope !== undefined) asked.push(scope);
      return arrive(input, init);
    },
  });
  let underWay = 0;
  let heard = () => {};
  const completed = new Set<() => void>();
  const pulling = startPulling({
    pulls: {
      catalogue: replicateScope('catalogue', collections.catalogue, client),
      settings: replicateScope('settings', collections.settings, client),
      status: pullStatus({
        rows: rowsOf(collections.status),
        kept: keptIn(rowsOf(collections.kept)),
        centre: client,
      }),
    },
    centre: client,
    line: connected,
    timer,
    random: systemRandom,
    onComplete: async () => {
      underWay += 1;
      for (const tell of completed) tell();
    },
    onEpoch: () => heard(),
    onNotAdmitted: () => undefined,
  });
  ends.push(() => pulling.stop());
  /** Resolves once so many pulls have come to their end since the start. */
  const pulls = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (underWay < count) return;
        completed.delete(look);
        resolve();
      };
      completed.add(look);
      look();
    });
  /** Says hello, and resolves when it was heard. Nothing may be pulled meanwhile. */
  const hello = (at: object) =>
    new Promise<void>((resolve) => {
      heard = resolve;
      centre.tell({ kind: 'hello', epoch: centre.epoch, at });
    });
  /** What was asked since this was last called. */
  const questions = () => asked.splice(0).sort();
  return { centre, timer, pulls, questions, hello };
}

test('[P10] what stands where it was pulled to is not asked for; what is behind is', async () => {
  const { centre, timer, pulls, questions, hello } = await stage();
  await pulls(6);
  questions();
  const at = { catalogue: 0, settings: 0, status: 1 };
  await hello(at);
  timer.pass(30_000);
  await hello(at);
  timer.pass(30_000);
  centre.tell({ kind: 'beat', at: { ...at, settings: 1 } });
  await pulls(7);
  expect(questions()).toEqual(['settings']);
  // Asked once for what was said: numbers of rows that are not for us do not make it ask for ever.
  centre.tell({ kind: 'beat', at: { ...at, settings: 1 } });
  centre.tell({ kind: 'beat', at: { ...at, settings: 1, catalogue: 5 } });
  await pulls(8);
  expect(questions()).toEqual(['catalogue']);
});

test('[P10] a centre that does not say where things stand is pulled whole every minute', async () => {
  const { centre, timer, pulls, questions } = await stage();
  await pulls(6);
  questions();
  centre.tell({ kind: 'beat' });
  timer.pass(60_000);
  await pulls(9);
  expect(questions()).toEqual(['catalogue', 'settings', 'status']);
});

test('[P10] another epoch is behind whatever its numbers are', () => {
  const standing = createStanding();
  const hello = (epoch: string) => ({ kind: 'hello', epoch, at: { status: 3 } }) as const;
  expect(standing.heed(hello('one'))).toEqual(['status']);
  standing.begin('status')({ epoch: 'one', seq: 3 });
  expect(standing.heed(hello('one'))).toEqual([]);
  expect(standing.heed(hello('two'))).toEqual(['status']);
});
