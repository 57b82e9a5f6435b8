import type { Envelope } from '@tongban/core';
import type { MemoryEnvelope } from '@tongban/core/testing';
import { type Bench, percentile } from '../../scripts/bench/bench.ts';
import { bareInserts } from '../routing/bareInserts.ts';
import { type Finished, inParallel, rateOf } from '../routing/crowd.ts';
import { enrolKiosk, type Kiosk } from '../routing/kiosk.ts';
import { type Intake, startIntake } from './centre.ts';
import { makeReady, sealOne } from './envelopes.ts';
import { fillUpTo } from './fill.ts';
import { offerAll } from './offering.ts';

const [few, many] = [10_000, Number(process.env.BENCH_STORED ?? 1_000_000)];
const crowds = [1, 4, 16] as const;
/** Envelopes of one row: enough for some seconds, few enough that proofs made before it stay valid. */
const pieces = { 1: 300, 4: 800, 16: 1_600 } as const;
const inOneRequest = 50;

export const intakeMeasures = {
  'intake: envelope as it travels': { unit: 'KB' },
  'intake: 1 connection': { unit: '/s' },
  'intake: 4 connections': { unit: '/s' },
  'intake: 16 connections': { unit: '/s', aim: { atLeast: 1000 } },
  'intake: 16 connections, one offer p99': { unit: 'ms' },
  'intake: 4 connections, 50 a request': { unit: '/s', aim: { atLeast: 1000 } },
  'intake: processor time an envelope, 16 connections': { unit: 'ms' },
  'intake: processor time an envelope, 50 a request': { unit: 'ms' },
  'bare inserts: 1 connection': { unit: '/s' },
  'bare inserts: 4 connections': { unit: '/s' },
  'bare inserts: 16 connections': { unit: '/s' },
  'intake / bare inserts, 1 connection': { unit: '×' },
  'intake / bare inserts, 4 connections': { unit: '×' },
  'intake / bare inserts, 16 connections': { unit: '×' },
  'intake: many stored / few stored, 16 connections': { unit: '×', aim: { atLeast: 0.8 } },
} as const satisfies Bench['measures'];

type Values = Record<keyof typeof intakeMeasures, number>;

export const intakeAbout = `Intake: envelopes of 4 KB without files into custody, durable, opened, hash and signature checked, by ${crowds.join(', ')} connections (closed loop, proofs made before), and by 4 with ${inOneRequest} envelopes a request; judging is left to another process. Bare inserts of the same bytes, one transaction each, in between. Then again with ${many} stored cases instead of ${few}.`;

export async function measureIntake(): Promise<Values> {
  const centre = await startIntake();
  try {
    const kiosks = await Promise.all(Array.from({ length: 16 }, () => enrolKiosk(centre.origin)));
    await fillUpTo(centre.adminUrl, few);
    // Both sides warm: connections, compiled code, prepared pages.
    await take(centre, kiosks, 16, 200);
    const bare = await bareInserts(centre.adminUrl, 16);
    const ours: Taken[] = [];
    const theirs: number[] = [];
    for (const connections of crowds) {
      ours.push(await take(centre, kiosks, connections, pieces[connections]));
      theirs.push(await insertBare(bare, kiosks, connections, pieces[connections]));
    }
    await bare.stop();
    const bulk = await take(centre, kiosks, 4, 4_000, inOneRequest);
    const before = await take(centre, kiosks, 16, pieces[16]);
    await fillUpTo(centre.adminUrl, many);
    await take(centre, kiosks, 16, 200);
    const after = await take(centre, kiosks, 16, pieces[16]);
    const [one, four, sixteen] = ours as [Taken, Taken, Taken];
    const [bareOne, bareFour, bareSixteen] = theirs as [number, number, number];
    return {
      'intake: envelope as it travels': sixteen.bytes / 1000,
      'intake: 1 connection': one.rate,
      'intake: 4 connections': four.rate,
      'intake: 16 connections': sixteen.rate,
      'intake: 16 connections, one offer p99': percentile(sixteen.times, 0.99),
      'intake: 4 connections, 50 a request': bulk.rate,
      'intake: processor time an envelope, 16 connections': sixteen.cpuMs,
      'intake: processor time an envelope, 50 a request': bulk.cpuMs,
      'bare inserts: 1 connection': bareOne,
      'bare inserts: 4 connections': bareFour,
      'bare inserts: 16 connections': bareSixteen,
      'intake / bare inserts, 1 connection': one.rate / bareOne,
      'intake / bare inserts, 4 connections': four.rate / bareFour,
      'intake / bare inserts, 16 connections': sixteen.rate / bareSixteen,
      'intake: many stored / few stored, 16 connections': after.rate / before.rate,
    };
  } finally {
    await centre.stop();
  }
}

interface Taken {
  readonly rate: number;
  readonly times: readonly number[];
  /** Of the centre's process, database aside. */
  readonly cpuMs: number;
  readonly bytes: number;
}

async function sealSome(kiosks: readonly Kiosk[], count: number): Promise<Envelope[]> {
  const sealed: Envelope[] = [];
  for (let n = 0; n < count; n += 1) sealed.push(await sealOne(kiosks[n % kiosks.length] as Kiosk));
  return sealed;
}

async function take(
  centre: Intake,
  kiosks: readonly Kiosk[],
  connections: number,
  count: number,
  each = 1,
): Promise<Taken> {
  const envelopes = await sealSome(kiosks, count);
  const ready = [];
  for (let at = 0; at < count; at += each) {
    const kiosk = kiosks[(at / each) % kiosks.length] as Kiosk;
    ready.push(await makeReady(kiosk, envelopes.slice(at, at + each)));
  }
  const before = await centre.spent();
  const done: Finished<number> = await offerAll(centre.origin, ready, connections);
  const after = await centre.spent();
  return {
    rate: rateOf(done) * each,
    times: done.results,
    cpuMs: (after.cpuMs - before.cpuMs) / count,
    bytes: Buffer.byteLength(JSON.stringify(envelopes[0])),
  };
}

async function insertBare(
  bare: Awaited<ReturnType<typeof bareInserts>>,
  kiosks: readonly Kiosk[],
  connections: number,
  count: number,
): Promise<number> {
  const sealed = await sealSome(kiosks, count);
  const none: MemoryEnvelope['files'] = new Map();
  const inserters = Array.from({ length: connections }, () => bare);
  const done = await inParallel(inserters, sealed, (one, envelope) =>
    one.insert({ envelope, files: none } as MemoryEnvelope),
  );
  return rateOf(done);
}
