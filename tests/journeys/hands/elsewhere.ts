import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { shippedCatalogue } from '@tongban/catalogue';
import { demonstrationTrust } from '@tongban/catalogue/demonstration';
import {
  beginVisit,
  type Receipt,
  systemClock,
  systemRandom,
  type Target,
  verifyCredential,
} from '@tongban/core';
import {
  blankJpeg,
  memoryDisk,
  memoryDraftStore,
  memoryOutbox,
  sampleApplication,
} from '@tongban/core/testing';
import type { ActionRequest, CasesAnswer } from '@tongban/sync/protocol';
import { vi } from 'vitest';
import { enrolKiosk } from '../../../bench/routing/kiosk.ts';
import { credentialOf, people } from '../../support/index.ts';

const font = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';

/**
 * Hands an application of 丁小禾 in at a kiosk that nobody looks at: the same core, keys, papers and interface, without
 * its screens. Materials in `later` are promised, all others handed in. Answers the receipt.
 */
async function handInElsewhere(
  origin: string,
  target: Target,
  answers: Readonly<Record<string, string>>,
  later: readonly string[] = [],
): Promise<Receipt> {
  const kiosk = await enrolKiosk(origin);
  const regular = new Uint8Array(await readFile(createRequire(import.meta.url).resolve(font)));
  const shown = await verifyCredential(
    await credentialOf(people.xiaohe),
    demonstrationTrust,
    systemClock,
  );
  if (!shown.ok) throw new Error(shown.error);
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
      appVersion: 'test',
      centreKey: async () => kiosk.centreKey,
      fonts: async () => ({ regular }),
    },
    target,
  );
  if (!begun.ok) throw new Error(begun.error);
  const visit = begun.value;
  await visit.identify(shown.value);
  await visit.consent();
  for (const [field, value] of Object.entries(answers)) await visit.answer(field, value);
  for (const { material, needed, exempt } of visit.snapshot().materials) {
    if (!needed || exempt) continue;
    if (later.includes(material.id)) await visit.promise(material.id);
    else await visit.attach(material.id, blankJpeg, `${material.id}.jpg`);
  }
  const stroke = [0, 40, 80].map((x, index) => ({ x, y: x % 50, t: 120 * index }));
  const signed = await visit.sign({ kind: 'drawn', strokes: [stroke] });
  const submitted = signed.ok ? await visit.submit() : signed;
  const [sealed] = disk.envelopes.values();
  if (!submitted.ok || sealed === undefined) {
    const { missing, faults } = visit.snapshot();
    throw new Error(`Not handed in: ${JSON.stringify({ submitted, missing, faults })}`);
  }
  for (const [address, bytes] of sealed.files)
    await kiosk.ask('PUT', `/api/v1/files/${address}`, { bytes });
  await kiosk.ask('POST', '/api/v1/envelopes', { json: { envelopes: [sealed.envelope] } });
  return submitted.value;
}

/** Two applications that departments are at work on. */
export interface UnderWay {
  /** A newborn's five items: the first granted, the third in want of a better picture, and what was written about it. */
  readonly newborn: Receipt;
  readonly words: string;
  /** A permit, accepted though one material is still to come. */
  readonly permit: Receipt;
}

/** Brings both about, by what terminals and desks send. */
export async function underWay(origin: string): Promise<UnderWay> {
  const newborn = await handInElsewhere(
    origin,
    { kind: 'bundle', id: 'newborn' },
    Object.fromEntries(
      Object.entries(sampleApplication.answers).map(([field, { value }]) => [field, value]),
    ),
  );
  const permit = await handInElsewhere(
    origin,
    { kind: 'item', id: 'residence-permit' },
    {
      'residence.street': '320199101000',
      'residence.address': '澜州市南湖区桂子路 20 号 3 单元 501 室',
      'residence.since': '2026-03-01',
      'residence.housing': 'rented',
      'residence.basis': 'home',
      'applicant.mobile': '13800006620',
      'result.delivery': 'window',
    },
    ['lease-record'],
  );
  const words = '身份证背面反光，看不清有效期。重拍背面就行，正面不用再拍。';
  await decide(origin, 'desk-health', newborn, 'birth-certificate', [
    { action: 'accept' },
    { action: 'grant' },
  ]);
  await decide(origin, 'desk-police', newborn, 'household-registration', [
    {
      action: 'request-supplement',
      reasons: ['illegible'],
      materials: ['father-id'],
      text: words,
    },
  ]);
  await decide(origin, 'desk-police', permit, 'residence-permit', [
    { action: 'accept-with-gap', materials: ['lease-record'] },
  ]);
  return { newborn, words, permit };
}

type Decided = Pick<ActionRequest, 'action'> & Partial<ActionRequest>;

/** Decides one after the other as the account's page does, once the desk has the case. */
async function decide(
  origin: string,
  account: string,
  receipt: Receipt,
  item: string,
  actions: readonly Decided[],
): Promise<void> {
  const api = `${origin}/api/v1`;
  const json = { 'content-type': 'application/json', origin };
  const entered = await fetch(`${api}/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ account, password: 'demo' }),
  });
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const find = async () => {
    const listed = await fetch(`${api}/cases`, { headers: { cookie } });
    const { rows } = (await listed.json()) as CasesAnswer;
    return rows.find((one) => one.receiptNumber === receipt.number && one.item === item);
  };
  // Taken into custody at once, judged and routed afterwards; an item may wait for the one before.
  await vi.waitFor(
    async () => {
      if ((await find())?.state !== 'received')
        throw new Error(`${item} has not come to ${account}`);
    },
    { timeout: 30_000 },
  );
  for (const action of actions) {
    const row = await find();
    if (row === undefined) throw new Error(`${account} has no ${item}`);
    const request: ActionRequest = {
      reasons: [],
      materials: [],
      text: '',
      seen: row.state,
      ...action,
    };
    const done = await fetch(`${api}/cases/${row.caseNumber}/actions`, {
      method: 'POST',
      headers: { ...json, cookie, 'idempotency-key': randomUUID() },
      body: JSON.stringify(request),
    });
    if (!done.ok) throw new Error(`${action.action} on ${item}: ${await done.text()}`);
  }
}
