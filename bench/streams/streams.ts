import pg from 'pg';
import { type Bench, percentile } from '../../scripts/bench/bench.ts';
import { startIntake } from '../intake/centre.ts';
import { inParallel } from '../routing/crowd.ts';
import { enrolled, hall, type Listening, listen } from './terminals.ts';

const terminals = Number(process.env.BENCH_TERMINALS ?? 5_000);
const decisions = 20;
/** Opened at a time, as after a power cut in a city. */
const openers = 64;

export const streamMeasures = {
  'streams: terminals on one process': { unit: '', aim: { atLeast: 5_000 } },
  'streams: opened': { unit: '/s' },
  'streams: memory of each': { unit: 'KB' },
  'streams: processor time of an idle second': { unit: 'ms' },
  'streams: decision to delivery p50': { unit: 'ms' },
  'streams: decision to delivery p99': { unit: 'ms', aim: { atMost: 1_000 } },
} as const satisfies Bench['measures'];

type Values = Record<keyof typeof streamMeasures, number>;

export const streamAbout = `Streams: ${terminals} terminals of one hall on one process over loopback, all live; ${decisions} committed changes of a status, each from before its commit until every terminal has read that there is something to pull.`;

export async function measureStreams(): Promise<Values> {
  const centre = await startIntake();
  const client = new pg.Client({ connectionString: centre.adminUrl });
  const open: Listening[] = [];
  try {
    await client.connect();
    const vaults = await enrolled(centre.adminUrl, terminals);
    // The first ones warm the process up, so that its own growth does not count as theirs.
    const warm = vaults.splice(0, Math.min(200, vaults.length / 5));
    open.push(...(await Promise.all(warm.map((vault) => listen(centre.origin, vault)))));
    const before = await centre.spent();
    const opened = await inParallel(Array.from({ length: openers }), vaults, (_, vault) =>
      listen(centre.origin, vault),
    );
    open.push(...opened.results);
    const after = await centre.spent();
    const idle = await idleSecond(centre);
    const delays: number[] = [];
    for (let n = 1; n <= decisions; n += 1) delays.push(...(await decide(client, open, n)));
    return {
      'streams: terminals on one process': open.length,
      'streams: opened': (vaults.length / opened.milliseconds) * 1000,
      'streams: memory of each': ((after.rssMb - before.rssMb) * 1024) / vaults.length,
      'streams: processor time of an idle second': idle,
      'streams: decision to delivery p50': percentile(delays, 0.5),
      'streams: decision to delivery p99': percentile(delays, 0.99),
    };
  } finally {
    for (const one of open) one.close();
    await client.end();
    await centre.stop();
  }
}

/** Over two beats, so that what each of them costs is in it. */
async function idleSecond(centre: Awaited<ReturnType<typeof startIntake>>): Promise<number> {
  const before = await centre.spent();
  const seconds = 30;
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const after = await centre.spent();
  return (after.cpuMs - before.cpuMs) / seconds;
}

/** Commits one change as a desk's decision does; gives how long after each terminal had read of it. */
async function decide(client: pg.Client, open: readonly Listening[], n: number): Promise<number[]> {
  const scope = `status:hall:${hall}`;
  let began = 0;
  const heard = open.map(
    (one) =>
      new Promise<number>((resolve) => {
        one.onLine = (line, at) => {
          if (line.kind === 'changed' && line.scope === 'status' && line.seq === n)
            resolve(at - began);
        };
      }),
  );
  await client.query('begin');
  await client.query(
    'insert into scopes (scope, seq) values ($1, $2) on conflict (scope) do update set seq = $2',
    [scope, n],
  );
  await client.query(
    `insert into changes (scope, id, seq, body) values ($1, 'one', $2, '{}')
     on conflict (scope, id) do update set seq = $2`,
    [scope, n],
  );
  await client.query(`select pg_notify('tongban_changes', $1)`, [
    JSON.stringify({ scope, seq: n }),
  ]);
  began = performance.now();
  await client.query('commit');
  return Promise.all(heard);
}
