import type { MemoryEnvelope } from '@tongban/core/testing';
import { adminUrlOf } from '@tongban/routing-api';
import type { SubmitAnswer } from '@tongban/sync/protocol';
import { type Bench, percentile } from '../scripts/bench/bench.ts';
import { startTongban, type Tongban } from '../tests/support/index.ts';
import { bareInserts } from './routing/bareInserts.ts';
import { type Finished, inParallel, rateOf, together } from './routing/crowd.ts';
import { enrolKiosk, type Kiosk } from './routing/kiosk.ts';
import { permitMaker } from './routing/permits.ts';
import { followStatus, type StatusFeed } from './routing/statusFeed.ts';

const clients = 8;
const warmUp = 16;
const submissions = 200;
/** Our turns and the peer's alternate, so that both meet the same machine. */
const turns = 4;
const single = 20;

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
  about: `Residence permits with a photograph and two signed papers, sealed by the core, to a real centre on a real PostgreSQL: from POST until a terminal of the hall can pull the row that says where the case went. ${single} by one terminal, then ${submissions} by ${clients} at once (closed loop, files sent before and counted in the rate), after ${warmUp} of warm-up; plain inserts of the same bytes on the same server in between.`,
  measures,
  async run() {
    const centre = await startTongban();
    try {
      const { sealing, alone, crowd } = await compare(centre);
      const routedAlone = alone.ours.results.map(({ routed }) => routed);
      const bareAlone = percentile(alone.bare.results, 0.5);
      const routed = crowd.ours.results.map((one) => one.routed);
      const inCustody = crowd.ours.results.map((one) => one.inCustody);
      return {
        'seal one: draw, sign, encrypt p50': percentile(sealing, 0.5),
        'alone: submit to routed p50': percentile(routedAlone, 0.5),
        'alone: submit to routed p95': percentile(routedAlone, 0.95),
        'alone: bare insert and commit p50': bareAlone,
        'submit to in custody p50': percentile(inCustody, 0.5),
        'submit to routed p50': percentile(routed, 0.5),
        'submit to routed p95': percentile(routed, 0.95),
        submissions: rateOf(crowd.ours),
        'bare insert and commit': rateOf(crowd.bare),
        'alone: submit to routed / bare insert, p50': percentile(routedAlone, 0.5) / bareAlone,
        'submissions / bare inserts, rate': rateOf(crowd.ours) / rateOf(crowd.bare),
      };
    } finally {
      await centre.stop();
    }
  },
};

/** Submissions through the centre and plain inserts into its database, in turns. */
async function compare(centre: Tongban) {
  const kiosks = await Promise.all(
    Array.from({ length: clients }, () => enrolKiosk(centre.origin)),
  );
  const [first] = kiosks;
  const url = await adminUrlOf(centre.dataFolder);
  if (first === undefined || url === undefined) throw new Error('The centre does not run.');
  const { sealed, sealing } = await sealAll(kiosks);
  const take = (count: number): MemoryEnvelope[] => sealed.splice(0, count);
  const feed = await followStatus(first);
  const bare = await bareInserts(url, clients);
  const send = (kiosk: Kiosk, one: MemoryEnvelope) => submit(kiosk, one, feed);
  const insert = async (_: Kiosk, one: MemoryEnvelope): Promise<number> => {
    const began = performance.now();
    await bare.insert(one);
    return performance.now() - began;
  };
  try {
    const warming = take(warmUp);
    await inParallel(kiosks, warming, send);
    await inParallel(kiosks, warming, insert);
    const few = take(single);
    const alone = {
      ours: await inParallel([first], few, send),
      bare: await inParallel([first], few, insert),
    };
    const ours: Finished<Submitted>[] = [];
    const theirs: Finished<number>[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      const batch = take(submissions / turns);
      ours.push(await inParallel(kiosks, batch, send));
      theirs.push(await inParallel(kiosks, batch, insert));
    }
    return { sealing, alone, crowd: { ours: together(ours), bare: together(theirs) } };
  } finally {
    await feed.stop();
    await bare.stop();
  }
}

/** All are sealed before the first is sent, by the terminals in turn. */
async function sealAll(kiosks: readonly Kiosk[]) {
  const make = await permitMaker();
  const sealed: MemoryEnvelope[] = [];
  const sealing: number[] = [];
  for (let index = 0; index < warmUp + single + submissions; index += 1) {
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
