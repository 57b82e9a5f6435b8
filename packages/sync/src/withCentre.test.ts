import { shippedCatalogue } from '@tongban/catalogue';
import {
  type ApplicationManifest,
  channels,
  type FileAddress,
  makeCaseNumber,
  receiptSecretHash,
  seal,
  sealFile,
  systemClock,
  systemRandom,
  uuid,
} from '@tongban/core';
import { sampleDraft } from '@tongban/core/contracts';
import { blankJpeg, memoryVault, sampleApplication } from '@tongban/core/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTongban, type Tongban } from '../../../tests/support/index.ts';
import type { Device } from './device.ts';
import { openDevice } from './openDevice.ts';
import { browserChannels, browserLocks } from './testing/browser.ts';
import { emptyDisk, storageOfTab } from './testing/disk.ts';
import { eventually } from './testing/place.ts';

let centre: Tongban;
const devices: Device[] = [];
beforeAll(async () => {
  centre = await startTongban();
}, 180_000);
afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});
afterAll(async () => {
  // Node's fetch opens a connection in place of each stream that was broken off, and a server that closes waits for the
  // first request on it: here they are.
  const answers = Array.from({ length: 12 }, () => fetch(`${centre.origin}/healthz`));
  await Promise.all(answers.map(async (answer) => (await answer).text()));
  await centre.stop();
});

/** A device on a disk of its own before the real centre. */
async function aDevice(app: 'kiosk' | 'phone', fetch = globalThis.fetch) {
  const vault = await memoryVault();
  const disk = emptyDisk();
  const device = await openDevice({
    app,
    vault,
    clock: systemClock,
    random: systemRandom,
    fetch,
    origin: centre.origin,
    shippedCatalogue,
    surroundings: {
      databases: disk,
      storage: storageOfTab(disk, uuid(systemRandom)),
      locks: browserLocks().ofTab('one'),
      channel: browserChannels(),
      onHint: () => () => {},
    },
  });
  devices.push(device);
  await eventually(
    () => device.enrolment(),
    (found) => found !== undefined,
  );
  return { device, vault };
}

/** A residence permit with one photograph, sealed to the centre. */
async function application({ device, vault }: Awaited<ReturnType<typeof aDevice>>) {
  const centreKey = device.centreKey();
  if (centreKey === undefined) throw new Error('Not enrolled');
  const photo = await sealFile(blankJpeg, 'image/jpeg', systemRandom);
  const number = makeCaseNumber('320199', channels.kiosk, systemClock.now(), systemRandom);
  const secret = 'A'.repeat(22);
  const [first, ...materials] = sampleApplication.materials;
  const manifest: ApplicationManifest = {
    ...sampleApplication,
    submissionId: uuid(systemRandom),
    receiptNumber: number,
    receiptSecretHash: await receiptSecretHash(secret),
    terminal: (await vault.terminal()).id,
    catalogueVersion: device.catalogue().version,
    sealedAt: systemClock.now().toISOString(),
    materials: [
      ...(first === undefined ? [] : [{ ...first, files: [photo.file] }]),
      ...materials.map((material) => ({ ...material, files: [] })),
    ],
    papers: [],
    cases: sampleApplication.cases.map(({ item }) => ({
      item,
      caseNumber: makeCaseNumber('320199', channels.kiosk, systemClock.now(), systemRandom),
    })),
  };
  const envelope = await seal(manifest, vault, centreKey);
  const files = new Map<FileAddress, Uint8Array>([[photo.address, photo.ciphertext]]);
  return { envelope, files, number, secret };
}

describe('before the real centre', () => {
  test('[N1] [C3] [P1] [P4] [P6] from put to received to last known status, by stream and pull', {
    timeout: 60_000,
  }, async () => {
    const kiosk = await aDevice('kiosk');
    expect((await kiosk.vault.issuer())?.certificate.chain.length).toBeGreaterThan(1);
    const { envelope, files, number, secret } = await application(kiosk);
    expect(await kiosk.device.outbox.put(envelope, number, files)).toEqual({
      ok: true,
      value: undefined,
    });
    await eventually(
      () => kiosk.device.outbox.list(),
      (entries) => entries[0]?.state.at === 'received',
    );
    const known = await eventually(
      () => kiosk.device.lastKnown(number),
      (found) => found !== undefined,
      30_000,
    );
    expect(known?.cases.length).toBe(sampleApplication.cases.length);
    const asked = await kiosk.device.askStatus({ receiptNumber: number, secret });
    expect(asked).toMatchObject({ ok: true, value: { manifestHash: envelope.manifestHash } });
    const wrong = await kiosk.device.askStatus({ receiptNumber: number, secret, residentId: 'X' });
    expect(wrong).toEqual({ ok: false, error: 'wrong-id' });
    const unknown = await kiosk.device.askStatus({ receiptNumber: number, secret: 'B'.repeat(22) });
    expect(unknown).toEqual({ ok: false, error: 'unknown-receipt' });
  });

  test('[C2] [O9] every third answer lost on the way: each envelope there once', {
    timeout: 60_000,
  }, async () => {
    let count = 0;
    const losing: typeof globalThis.fetch = async (input, init) => {
      const response = await fetch(input, init);
      count += 1;
      const { pathname } = new URL(String(input));
      if (count % 3 !== 0 || count > 24 || !/uploads|envelopes/.test(pathname)) return response;
      await response.arrayBuffer();
      throw new TypeError('Failed to fetch');
    };
    const kiosk = await aDevice('kiosk', losing);
    const all = await Promise.all(Array.from({ length: 4 }, () => application(kiosk)));
    for (const { envelope, files, number } of all) {
      await kiosk.device.outbox.put(envelope, number, files);
    }
    await eventually(
      () => kiosk.device.outbox.list(),
      (entries) => entries.every(({ state }) => state.at === 'received'),
      30_000,
    );
    for (const { number, secret, envelope } of all) {
      // Custody comes first; the centre knows the number once it has judged.
      const asked = await eventually(
        () => kiosk.device.askStatus({ receiptNumber: number, secret }),
        (answer) => answer.ok,
        30_000,
      );
      expect(asked).toMatchObject({ ok: true, value: { manifestHash: envelope.manifestHash } });
    }
  });

  test('[H1] [H4] [H7] a draft moves from phone to kiosk, once', { timeout: 60_000 }, async () => {
    const phone = await aDevice('phone');
    const kiosk = await aDevice('kiosk');
    const [from, into] = [await phone.device.openVisit(), await kiosk.device.openVisit()];
    const draft = sampleDraft('1');
    await from.drafts.save(draft);
    const given = await phone.device.handover.give(draft, from.drafts);
    if (!given.ok) throw new Error(given.error);
    const { code } = given.value;
    expect(await phone.device.handover.state(code)).toMatchObject({ value: { state: 'waiting' } });
    expect(await kiosk.device.handover.take(code, into.drafts)).toEqual({ ok: true, value: draft });
    expect(await kiosk.device.handover.take(code, into.drafts)).toEqual({ ok: true, value: draft });
    expect(await phone.device.handover.take(code, from.drafts)).toEqual({
      ok: false,
      error: 'taken',
    });
    expect(await phone.device.handover.reclaim(code)).toMatchObject({ value: { state: 'taken' } });

    const again = await phone.device.handover.goOnHere(draft.id, from.drafts);
    if (!again.ok) throw new Error(again.error);
    const second = await phone.device.handover.give(again.value, from.drafts);
    if (!second.ok) throw new Error(second.error);
    expect(await phone.device.handover.reclaim(second.value.code)).toMatchObject({
      value: { state: 'reclaimed' },
    });
    expect(await from.drafts.load(draft.id)).toEqual(draft);
    const late = await kiosk.device.handover.take(second.value.code, into.drafts);
    expect(late).toEqual({ ok: false, error: 'expired' });
  });
});
