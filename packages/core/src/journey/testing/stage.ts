import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { shippedCatalogue } from '@tongban/catalogue';
import type { IdentityEvidence } from '../../identity/evidence.ts';
import type { Appearance } from '../../sign/index.ts';
import { type MemoryCentre, memoryCentre } from '../../testing/centre.ts';
import { blankJpeg } from '../../testing/files.ts';
import {
  type MemoryDisk,
  memoryDisk,
  memoryDraftStore,
  memoryOutbox,
} from '../../testing/memoryStores.ts';
import {
  enrolVault,
  type HandClock,
  handClock,
  memoryVault,
  seededRandom,
} from '../../testing/ports.ts';
import type { Visit, VisitPorts } from '../visit.ts';

/** A terminal with real keys, a disk in memory and a clock that stands still. */
export interface Stage {
  readonly ports: VisitPorts;
  readonly disk: MemoryDisk;
  readonly clock: HandClock;
  readonly centre: MemoryCentre;
  /** What this terminal's signatures are trusted by (DER). */
  readonly root: Uint8Array;
}

export async function stage(): Promise<Stage> {
  const disk = memoryDisk();
  const clock = handClock('2026-11-23T06:00:00Z');
  const centre = await memoryCentre();
  const ports: VisitPorts = {
    clock,
    random: seededRandom(20261123),
    vault: await memoryVault(),
    store: memoryDraftStore(disk),
    outbox: memoryOutbox(disk, () => clock.now()),
    catalogue: () => shippedCatalogue,
    channel: '9',
    appVersion: '0.1.0',
    centreKey: async () => centre.publicJwk,
    fonts: async () => ({ regular: await regular }),
  };
  const root = await enrolVault(ports.vault, clock, ports.random);
  return { ports, disk, clock, centre, root };
}

const font = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
const regular = readFile(createRequire(import.meta.url).resolve(font)).then(
  (bytes) => new Uint8Array(bytes),
);

function evidence(attributes: Record<string, string>): IdentityEvidence {
  return {
    source: 'credential-code',
    assurance: 'verified',
    readAt: '2026-11-23T06:00:00.000Z',
    issuer: 'demonstration',
    attributes,
  };
}

/** Made-up people. */
export const identity = {
  mother: evidence({
    name: '丁小禾',
    residentId: '320199199403120027',
    sex: '2',
    birthDate: '1994-03-12',
    ethnicity: '01',
    address: '云陵县青石镇望江路 3 号',
  }),
  father: evidence({
    name: '林远舟',
    residentId: '320199199205180010',
    sex: '1',
    birthDate: '1992-05-18',
    ethnicity: '01',
    address: '北塔区书院街 7 号 402 室',
  }),
  typed: {
    source: 'typed',
    assurance: 'declared',
    readAt: '2026-11-23T06:00:00.000Z',
    attributes: {
      name: '丁小禾',
      residentId: '320199199403120027',
      sex: '2',
      birthDate: '1994-03-12',
    },
  },
} as const satisfies Record<string, IdentityEvidence>;

export const signature: Appearance = {
  kind: 'drawn',
  strokes: [
    [
      { x: 0, y: 0, t: 0 },
      { x: 40, y: 30, t: 120 },
      { x: 90, y: 10, t: 260 },
    ],
  ],
};

/** Answers everything that a residence permit asks, and brings its materials. */
export async function fill(
  visit: Visit,
  { mother, answers = {} }: { mother: IdentityEvidence; answers?: Record<string, string> },
): Promise<void> {
  await visit.identify(mother);
  await visit.consent();
  const all: Record<string, string> = {
    'residence.street': '320199101000',
    'residence.address': '南湖区桂子路 18 号 2 栋 601 室',
    'residence.since': '2025-12-01',
    'residence.housing': 'rented',
    'residence.basis': 'home',
    'applicant.mobile': '13800136620',
    'result.delivery': 'post',
    ...answers,
  };
  for (const [field, value] of Object.entries(all)) await visit.answer(field, value);
  if (all['residence.basis'] !== 'home') return;
  await visit.attach('home-proof', blankJpeg, 'lease.jpg');
  await visit.promise('lease-record');
}
