import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { shippedCatalogue } from '@tongban/catalogue';
import { demonstrationTrust } from '@tongban/catalogue/demonstration';
import {
  beginVisit,
  type IdentityEvidence,
  systemClock,
  systemRandom,
  verifyCredential,
} from '@tongban/core';
import {
  type MemoryEnvelope,
  memoryDisk,
  memoryDraftStore,
  memoryOutbox,
} from '@tongban/core/testing';
import { credentialOf, people } from '../../tests/support/index.ts';
import { photograph } from '../paper/photograph.ts';
import type { Kiosk } from './kiosk.ts';

const font = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
const answers = {
  'applicant.ethnicity': '01',
  'applicant.registeredAddress': '云陵县青石镇望江路 3 号',
  'residence.street': '320199101000',
  'residence.address': '南湖区桂子路 18 号 2 栋 601 室',
  'residence.since': '2025-12-01',
  'residence.housing': 'rented',
  'residence.basis': 'home',
  'applicant.mobile': '13800136620',
  'result.delivery': 'post',
};

/** Reads the identity code of a made-up person, as a kiosk's camera would have brought it. */
async function evidence(): Promise<IdentityEvidence> {
  const code = await credentialOf(people.xiaohe);
  const verified = await verifyCredential(code, demonstrationTrust, systemClock);
  if (!verified.ok) throw new Error(verified.error);
  return verified.value;
}

/**
 * Walks residence permits from choice to the outbox, each with a photograph, two papers drawn and signed, everything
 * sealed to the centre. The stores lie in memory: the disk has a bench of its own.
 */
export async function permitMaker() {
  const regular = new Uint8Array(await readFile(createRequire(import.meta.url).resolve(font)));
  const picture = photograph(1, { width: 1200, height: 900 });
  const identity = await evidence();

  return async (kiosk: Kiosk): Promise<MemoryEnvelope> => {
    const disk = memoryDisk();
    const begun = await beginVisit(
      {
        clock: systemClock,
        random: systemRandom,
        vault: kiosk.vault,
        store: memoryDraftStore(disk),
        outbox: memoryOutbox(disk, () => systemClock.now()),
        catalogue: () => shippedCatalogue,
        channel: '9',
        appVersion: 'bench',
        centreKey: async () => kiosk.centreKey,
        fonts: async () => ({ regular }),
      },
      { kind: 'item', id: 'residence-permit' },
    );
    if (!begun.ok) throw new Error(begun.error);
    const visit = begun.value;
    await visit.identify(identity);
    await visit.consent();
    for (const [field, value] of Object.entries(answers)) await visit.answer(field, value);
    await visit.attach('home-proof', picture, 'lease.jpg');
    await visit.promise('lease-record');
    const stroke = [0, 40, 80].map((x, index) => ({ x, y: x % 50, t: 120 * index }));
    const signed = await visit.sign({ kind: 'drawn', strokes: [stroke] });
    const submitted = signed.ok ? await visit.submit() : signed;
    const [envelope] = disk.envelopes.values();
    if (!submitted.ok || envelope === undefined) {
      const { missing, faults } = visit.snapshot();
      throw new Error(`Not submitted: ${JSON.stringify({ submitted, missing, faults })}`);
    }
    return envelope;
  };
}
