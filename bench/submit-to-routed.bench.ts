import type { MemoryEnvelope } from '@tongban/core/testing';
import { adminUrlOf } from '@tongban/routing-api';
import type { SubmitAnswer } from '@tongban/sync/protocol';
import { type Bench, percentile } from '../scripts/bench/bench.ts';
import { startTongban } from '../tests/support/index.ts';
import { bareInserts } from './routing/bareInserts.ts';
import { enrolKiosk, type Kiosk } from './routing/kiosk.ts';
import { permitMaker } from './routing/permits.ts';
import { followStatus, type StatusFeed } from './routing/statusFeed.ts';

const clients = 8;
const warmUp = 16;
const submissions = 200;
/** Our turns and the peer's alternate, so that both meet the same machine. */
const turns = 4;
const alone = 20;

const measures = {
  'seal one: draw, sign, encrypt p50': { unit: 'ms' },
  'alone: submit to routed p50': { unit: 'ms' },
  'alone: submit to routed p95': { unit: 'ms' },
  'alone: bare insert and commit p50': { unit: 'ms' },
  'submit to in custody p50': { unit: 'ms' },
  'submit to routed p50': { unit: 'ms' },
  'submit to routed p95': { unit: 'ms', aim: { atMost: 2000 } },
  submissions: { unit: '/s' },
  'bare insert and commit': { unit: '/s' },
  'alone: submit to routed / bare insert, p50': { unit: '×' },
  'submissions / bare inserts, rate': { unit: '×' },
} as const satisfies Bench['measures'];

export const bench: Bench<keyof typeof measures> = {
  name: 'submit-to-routed',
  about: `Residence permits with a photograph and two signed papers, sealed by the core, to a real centre on a real PostgreSQL: from POST until a terminal of the hall can pull the row that says where the case went. ${alone} by one terminal, then ${submissions} by ${clients} at once (closed loop, files sent before and counted in the rate), after ${warmUp} of warm-up; plain inserts of the same bytes on the same server in between.`,
  measures,
  async run() {
    const centre = await startTongban();
    try {
      const kiosks = await Promise.all(
        Array.from({ length: clients }, () => enrolKiosk(centre.origin)),
      );
      const [first] = kiosks;
      const url = await adminUrlOf(centre.dataFolder);
      if (first === undefined || url === undefined) throw new Error('The centre does not run.');
      const { sealed, sealing } = await sealAll(kiosks);
      const feed = await followStatus(first);
      const bare = await bareInserts(url, clients);
      const take = (count: number): MemoryEnvelope[] => sealed.splice(0, count);

      await inParallel(kiosks, take(warmUp), (kiosk, one) => submit(kiosk, one, feed));
      const insert = async (_: unknown, one: MemoryEnvelope): Promise<number> => {
        const began = performance.now();
        await bare.insert(one);
        return performance.now() - began;
      };
      const [few, unwarmed] = [take(alone), take(clients)];
      const single = await inParallel([first], few, (kiosk, one) => submit(kiosk, one, feed));
      // Opens every connection of the pool.
      await inParallel(kiosks, unwarmed, insert);
      const singleInserts = await inParallel([first], few, insert);
      const [ours, theirs] = [empty<Submitted>(), empty<number>()];
      for (let turn = 0; turn < turns; turn += 1) {
        const batch = take(submissions / turns);
        add(ours, await inParallel(kiosks, batch, (kiosk, one) => submit(kiosk, one, feed)));
        add(theirs, await inParallel(kiosks, batch, insert));
      }
      await feed.stop();
      await bare.stop();

      const routedAlone = single.results.map(({ routed }) => routed);
      const routed = ours.results.map((one) => one.routed);
      const bareAlone = percentile(singleInserts.results, 0.5);
      const rate = (of: Finished<unknown>): number => (of.results.length / of.milliseconds) * 1000;
      return {
        'seal one: draw, sign, encrypt p50': percentile(sealing, 0.5),
        'alone: submit to routed p50': percentile(routedAlone, 0.5),
        'alone: submit to routed p95': percentile(routedAlone, 0.95),
        'alone: bare insert and commit p50': bareAlone,
        'submit to in custody p50': percentile(
          ours.results.map(({ inCustody }) => inCustody),
          0.5,
        ),
        'submit to routed p50': percentile(routed, 0.5),
        'submit to routed p95': percentile(routed, 0.95),
        submissions: rate(ours),
        'bare insert and commit': rate(theirs),
        'alone: submit to routed / bare insert, p50': percentile(routedAlone, 0.5) / bareAlone,
        'submissions / bare inserts, rate': rate(ours) / rate(theirs),
      };
    } finally {
      await centre.stop();
    }
  },
};

/** All are sealed before the first is sent, by the terminals in turn. */
async function sealAll(kiosks: readonly Kiosk[]) {
  const make = await permitMaker();
  const sealed: MemoryEnvelope[] = [];
  const sealing: number[] = [];
  for (let index = 0; index < warmUp + alone + clients + submissions; index += 1) {
    const kiosk = kiosks[index % kiosks.length];
    if (kiosk === undefined) throw new Error('There is no terminal.');
    const began = performance.now();
    sealed.push(await make(kiosk));
    if (index >= warmUp) sealing.push(performance.now() - began);
  }
  return { sealed, sealing };
}

interface Submitted {
  /** Milliseconds from the POST. */
  readonly inCustody: number;
  readonly routed: number;
}

async function submit(
  kiosk: Kiosk,
  { envelope, files, entry }: MemoryEnvelope,
  feed: StatusFeed,
): Promise<Submitted> {
  for (const [address, bytes] of files) {
    await kiosk.ask('PUT', `/api/v1/files/${address}`, { bytes });
  }
  const began = performance.now();
  const answer = await kiosk.ask('POST', '/api/v1/envelopes', { json: { envelopes: [envelope] } });
  const { verdicts } = (await answer.json()) as SubmitAnswer;
  const inCustody = performance.now() - began;
  if (verdicts[0]?.verdict !== 'received') throw new Error(JSON.stringify(verdicts));
  return { inCustody, routed: (await feed.routed(entry.receiptNumber)) - began };
}

interface Finished<T> {
  readonly results: readonly T[];
  readonly milliseconds: number;
}

const empty = <T>(): { results: T[]; milliseconds: number } => ({ results: [], milliseconds: 0 });

function add<T>(to: { results: T[]; milliseconds: number }, more: Finished<T>): void {
  to.results.push(...more.results);
  to.milliseconds += more.milliseconds;
}

/** Every worker takes the next piece when it has finished its last, until none is left. */
async function inParallel<W, P, T>(
  workers: readonly W[],
  pieces: readonly P[],
  work: (worker: W, piece: P) => Promise<T>,
): Promise<Finished<T>> {
  const results: T[] = [];
  const queue = pieces.values();
  const began = performance.now();
  await Promise.all(
    workers.map(async (worker) => {
      for (const piece of queue) results.push(await work(worker, piece));
    }),
  );
  return { results, milliseconds: performance.now() - began };
}
