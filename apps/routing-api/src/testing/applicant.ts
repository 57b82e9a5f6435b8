import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { shippedCatalogue } from '@tongban/catalogue';
import { demonstrationIssuer, demonstrationTrust } from '@tongban/catalogue/demonstration';
import {
  beginVisit,
  type Channel,
  type Clock,
  type IdentityEvidence,
  issueCredential,
  type Receipt,
  systemRandom,
  type Target,
  type Visit,
  type VisitPorts,
  verifyCredential,
} from '@tongban/core';
import { blankJpeg, memoryDisk, memoryDraftStore, memoryOutbox } from '@tongban/core/testing';
import type { Verdict } from '@tongban/sync/protocol';
import type { JWK } from 'jose';
import type { Device } from './device.ts';

const font = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
const regular = readFile(createRequire(import.meta.resolve('@tongban/core')).resolve(font)).then(
  (bytes) => new Uint8Array(bytes),
);

/** Made-up people, as the simulated register knows them too. */
export const people = {
  mother: {
    name: '丁小禾',
    residentId: '320199199403120027',
    sex: '2',
    birthDate: '1994-03-12',
    ethnicity: '01',
    address: '云陵县青石镇望江路 3 号',
  },
  father: {
    name: '林远舟',
    residentId: '320199199205180010',
    sex: '1',
    birthDate: '1992-05-18',
    ethnicity: '01',
    address: '北塔区书院街 7 号 402 室',
  },
} as const;

/** A credential code of the demonstration issuer, read and verified. */
export async function shown(
  attributes: Readonly<Record<string, string>>,
  clock: Clock,
): Promise<IdentityEvidence> {
  const begun = new Date(clock.now().getTime() - 86_400_000);
  const jws = await issueCredential(
    demonstrationIssuer,
    { kind: 'identity', attributes },
    begun,
    365,
  );
  const verified = await verifyCredential(jws, demonstrationTrust, clock);
  if (!verified.ok) throw new Error(verified.error);
  return verified.value;
}

/** A number typed in: nothing proves it. */
export function typed(
  { name, residentId, birthDate, sex }: (typeof people)['mother' | 'father'],
  clock: Clock,
) {
  const readAt = clock.now().toISOString();
  const evidence: IdentityEvidence = {
    source: 'typed',
    assurance: 'declared',
    readAt,
    attributes: { name, residentId, birthDate, sex },
  };
  return evidence;
}

/** Somebody at a device: walks real visits of the core, with real papers and signatures, and sends what is sealed. */
export function makeApplicant(device: Device, clock: Clock, channel: Channel) {
  const disk = memoryDisk();
  const ports: VisitPorts = {
    clock,
    random: systemRandom,
    vault: device.vault,
    store: memoryDraftStore(disk),
    outbox: memoryOutbox(disk, () => clock.now()),
    catalogue: () => shippedCatalogue,
    channel,
    appVersion: 'test',
    centreKey: async () => device.enrolment().centreKey as JWK,
    fonts: async () => ({ regular: await regular }),
  };

  async function begin(target: Target): Promise<Visit> {
    const begun = await beginVisit(ports, target);
    if (!begun.ok) throw new Error(begun.error);
    return begun.value;
  }

  async function submit(visit: Visit): Promise<Receipt> {
    const signed = await visit.sign({
      kind: 'drawn',
      strokes: [
        [
          { x: 0, y: 0, t: 0 },
          { x: 40, y: 30, t: 120 },
        ],
      ],
    });
    const submitted = signed.ok ? await visit.submit() : signed;
    if (!submitted.ok) {
      throw new Error(
        `${submitted.error}: ${JSON.stringify(visit.snapshot().missing)} ${JSON.stringify(visit.snapshot().faults)}`,
      );
    }
    return submitted.value;
  }

  /** Everything in the outbox, in the order it came in. */
  async function deliver(): Promise<Verdict[]> {
    const verdicts: Verdict[] = [];
    for (const [id, { envelope, files }] of disk.envelopes) {
      verdicts.push(await device.send(envelope, files));
      disk.envelopes.delete(id);
    }
    return verdicts;
  }

  /** The newest envelope with its files, still to be sent. */
  function packed() {
    const last = [...disk.envelopes.values()].at(-1);
    if (last === undefined) throw new Error('nothing in the outbox');
    return last;
  }

  return { ports, disk, begin, submit, deliver, packed };
}

export const permit: Target = { kind: 'item', id: 'residence-permit' };
export const newborn: Target = { kind: 'bundle', id: 'newborn' };

/** Answers everything that a residence permit asks, brings its materials, promises the one that may come later. */
export async function fillPermit(
  visit: Visit,
  evidence: IdentityEvidence,
  changed: Readonly<Record<string, string>> = {},
): Promise<void> {
  await visit.identify(evidence);
  await visit.consent();
  const answers: Record<string, string> = {
    'applicant.ethnicity': '01',
    'applicant.registeredAddress': '云陵县青石镇望江路 3 号',
    'residence.street': '320199101000',
    'residence.address': '南湖区桂子路 18 号 2 栋 601 室',
    'residence.since': '2025-12-01',
    'residence.housing': 'rented',
    'residence.basis': 'home',
    'applicant.mobile': '13800136620',
    'result.delivery': 'post',
    ...changed,
  };
  for (const [field, value] of Object.entries(answers)) await visit.answer(field, value);
  if (answers['residence.basis'] !== 'home') return;
  await visit.attach('home-proof', blankJpeg, 'lease.jpg');
  if (answers['residence.housing'] === 'rented') await visit.promise('lease-record');
}

/** Answers everything that the newborn bundle asks; the father's ID card is promised. */
export async function fillNewborn(visit: Visit, evidence: IdentityEvidence): Promise<void> {
  await visit.identify(evidence);
  await visit.consent();
  const { father } = people;
  const answers: Record<string, string> = {
    'child.name': '林知夏',
    'child.sex': '2',
    'child.birthDate': '2026-11-09',
    'child.ethnicity': '01',
    'birth.hospital': '澜州市妇幼保健院',
    'birth.pageNumber': 'P202611090037',
    'mother.mobile': '13800136620',
    'father.recorded': 'yes',
    'father.name': father.name,
    'father.residentId': father.residentId,
    'father.mobile': '13900136621',
    'household.joins': 'mother',
    'household.head': '丁国安',
    'household.relation': 'maternal-grandchild',
    'household.street': '320199101000',
    'household.address': '南湖区桂子路 18 号 2 栋 601 室',
    'account.card': '6217000010001234569',
    'account.branch': '桂子路支行',
    'card.delivery': 'post',
  };
  for (const [field, value] of Object.entries(answers)) await visit.answer(field, value);
  for (const { material, needed, exempt } of visit.snapshot().materials) {
    if (!needed || exempt) continue;
    if (material.gapDays === undefined)
      await visit.attach(material.id, blankJpeg, `${material.id}.jpg`);
    else await visit.promise(material.id);
  }
}
