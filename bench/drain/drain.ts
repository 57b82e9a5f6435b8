import { join } from 'node:path';
import pg from 'pg';
import type { Bench } from '../../scripts/bench/bench.ts';
import { startIntake } from '../intake/centre.ts';
import { buildPage } from '../measuring/page.ts';
import type { DrainPeer } from './inPage.ts';
import { lostOneOf, startLossyLine } from './lossyLine.ts';

const envelopes = 1_000;
const peers = ['ours', 'one by one'] as const satisfies readonly DrainPeer[];

export const drainAbout = `An outbox of ${envelopes.toLocaleString('en')} sealed envelopes of 4 KB in Chromium, from the line's return until the centre has receipted all, while the answer to one submission in ${lostOneOf} is lost; beside a queue in IndexedDB that sends one a request and again at once. Each in a browser of its own, once; afterwards each envelope must be at the centre once.`;

export const drainMeasures = {
  'outbox drain: envelopes/s': { unit: '/s' },
  'outbox drain: one by one, envelopes/s': { unit: '/s' },
  'outbox drain: ours / one by one': { unit: '×', aim: { atLeast: 1 } },
} as const satisfies Bench['measures'];

export async function measureDrains(): Promise<Record<keyof typeof drainMeasures, number>> {
  const built = await buildPage(join(import.meta.dirname, 'inPage.ts'));
  const centre = await startIntake();
  const line = await startLossyLine(centre.origin);
  const database = new pg.Client({ connectionString: centre.adminUrl });
  await database.connect();
  const taken = new Map<DrainPeer, number>();
  let offered = 0;
  try {
    for (const peer of peers) {
      const { page, close } = await built.open();
      try {
        const before = line.lost();
        const ms = await page.evaluate(
          ([who, origin, count]) => window.measureDrain(who, origin, count),
          [peer, line.origin, envelopes] as const,
        );
        taken.set(peer, ms);
        if (line.lost() === before) throw new Error(`${peer}: no answer was lost.`);
        offered += envelopes;
        const { rows } = await database.query<{ count: string }>('select count(*) from envelopes');
        if (Number(rows[0]?.count) !== offered)
          throw new Error(`${peer}: ${rows[0]?.count} of ${offered} are at the centre.`);
      } finally {
        await close();
      }
    }
  } finally {
    await database.end();
    await line.stop();
    await centre.stop();
    await built.stop();
  }
  const rate = (peer: DrainPeer) => (envelopes * 1000) / (taken.get(peer) ?? Number.NaN);
  return {
    'outbox drain: envelopes/s': rate('ours'),
    'outbox drain: one by one, envelopes/s': rate('one by one'),
    'outbox drain: ours / one by one': rate('ours') / rate('one by one'),
  };
}
