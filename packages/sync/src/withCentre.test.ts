import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
import { root } from '../../../scripts/build/sources.ts';
import { copyOfTemplate, startTongban, type Tongban } from '../../../tests/support/index.ts';
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
async function aDevice(app: 'kiosk' | 'phone', fetch = globalThis.fetch, origin = centre.origin) {
  const vault = await memoryVault();
  const disk = emptyDisk();
  const device = await openDevice({
    app,
    vault,
    clock: systemClock,
    random: systemRandom,
    fetch,
    origin,
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

/** `npm run tongban`, without npm. */
const tongban = (...words: string[]) =>
  promisify(execFile)(process.execPath, [join(root, 'scripts/tongban.ts'), ...words]);

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

  test('[E1] [M17] destroyed and restored from a backup: what is not there is offered again, once, by itself', {
    timeout: 120_000,
  }, async () => {
    const folder = await copyOfTemplate();
    const other = await mkdtemp(join(tmpdir(), 'tongban-restored-'));
    const at = (name: string) => join(other, name);
    await writeFile(at('passphrase'), 'a made-up passphrase');
    const words = [at('backup'), '--keys', at('keys.json'), '--passphrase', at('passphrase')];
    let own = await startTongban({ dataFolder: folder });
    const offered = Promise.withResolvers<void>();
    let restored = false;
    /** What the restored centre says of cases. */
    let told = '';
    const heeding: typeof globalThis.fetch = async (input, init) => {
      const response = await fetch(input, init);
      const { pathname } = new URL(String(input));
      if (restored && response.ok && pathname.endsWith('/envelopes')) offered.resolve();
      if (restored && pathname.endsWith('/changes/status')) told += await response.clone().text();
      return response;
    };
    try {
      const kiosk = await aDevice('kiosk', heeding, own.origin);
      const put = async () => {
        const { envelope, files, number } = await application(kiosk);
        await kiosk.device.outbox.put(envelope, number, files);
        return { number, manifestHash: envelope.manifestHash };
      };
      const received = () =>
        eventually(
          () => kiosk.device.outbox.list(),
          (entries) => entries.every(({ state }) => state.at === 'received'),
          30_000,
        );
      const before = await put();
      await received();
      await tongban('backup', ...words, '--data', folder);
      const after = await put();
      await received();
      await own.stop();
      await rm(folder, { recursive: true });
      await tongban('restore', ...words, '--data', folder);
      restored = true;
      own = await startTongban({ dataFolder: folder, port: Number(new URL(own.origin).port) });

      await offered.promise;
      await received();
      for (const { number, manifestHash } of [before, after]) {
        // Judged some time after custody; until then no receipt opens it.
        await eventually(
          () => told,
          (text) => text.includes(number),
        );
        const asked = await kiosk.device.askStatus({
          receiptNumber: number,
          secret: 'A'.repeat(22),
        });
        expect(asked).toMatchObject({ ok: true, value: { manifestHash } });
      }
    } finally {
      await own.stop();
      await rm(folder, { recursive: true, force: true });
      await rm(other, { recursive: true, force: true });
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
