import { shippedCatalogue } from '@tongban/catalogue';
import { outboxContract } from '@tongban/core/contracts';
import { afterEach, describe, expect, test } from 'vitest';
import type { DeviceOptions } from './device.ts';
import { shelfDatabase } from './storage/names.ts';
import { dump, request } from './testing/disk.ts';
import { seededRandom } from './testing/hands.ts';
import { eventually, place } from './testing/place.ts';
import { receivedStatus } from './testing/status.ts';
import { madeUpEnvelope } from './testing/tab.ts';

const random = seededRandom(11);
const places: { closeAll(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of places.splice(0)) await one.closeAll();
});

async function aPlace(given: Partial<DeviceOptions> = {}) {
  const made = await place(shippedCatalogue, given);
  places.push(made);
  return made;
}

outboxContract('device [C1] [O1] [O15]', async () => {
  const { open, closeAll, cut } = await aPlace();
  cut(true);
  const { device } = await open();
  return {
    outbox: device.outbox,
    async reopen() {
      await closeAll();
      return (await open()).device.outbox;
    },
    close: closeAll,
  };
});

describe('device', () => {
  test('[N1] enrols at first contact, keeps the answer over a restart, gives the chain to the vault', async () => {
    const { open, vault, closeAll, cut, centre } = await aPlace({
      hall: '320199',
      enrolmentCode: 'once',
    });
    expect(await vault.issuer()).toBeUndefined();
    const { device } = await open();
    expect(device.enrolment()).toBeUndefined();
    const enrolment = await eventually(
      () => device.enrolment(),
      (found) => found !== undefined,
    );
    expect(enrolment).toMatchObject({ name: 'K-01', hall: '澜州市政务服务中心' });
    expect([...centre.memory.terminals.values()]).toMatchObject([
      { profile: 'kiosk', hall: '320199', code: 'once', issuingKey: expect.any(String) },
    ]);
    const issuer = await vault.issuer();
    expect(issuer?.certificate.chain.map((der) => [...der])).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    await closeAll();
    cut(true);
    const again = await open();
    expect(again.device.enrolment()).toEqual(enrolment);
  });

  test("[K5] the key to seal to: the enrolment's, else the shipped one, else none until the first contact", async () => {
    const { open, cut, closeAll } = await aPlace();
    cut(true);
    const bare = await open();
    expect(bare.device.centreKey()).toBeUndefined();
    await closeAll();
    const shippedCentreKey = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', kid: 'shipped' };
    const { device, timer } = await open('one', { shippedCentreKey });
    expect(device.centreKey()).toBe(shippedCentreKey);
    cut(false);
    timer.pass(2_000);
    const key = await eventually(
      () => device.centreKey(),
      (found) => found?.kid !== 'shipped',
    );
    expect(key?.kid).toBe('centre-of-epoch-1');
  });

  test('[C1] [C3] an envelope goes from put to received, and is there after a restart', async () => {
    const { open, centre, closeAll, cut } = await aPlace();
    const { device } = await open();
    const one = madeUpEnvelope(random, 2);
    expect((await device.outbox.put(one.envelope, one.receiptNumber, one.files)).ok).toBe(true);
    await eventually(
      () => device.outbox.list(),
      (entries) => entries[0]?.state.at === 'received',
    );
    expect(centre.accepted).toEqual([one.envelope.submissionId]);
    await closeAll();
    cut(true);
    const again = await open();
    expect(await again.device.outbox.list()).toMatchObject([{ state: { at: 'received' } }]);
  });

  test('[C5] what is set aside can be exported with its files, and resent', async () => {
    const { open, centre } = await aPlace();
    const { device } = await open();
    const one = madeUpEnvelope(random, 2);
    const { submissionId } = one.envelope;
    centre.refusals.set(submissionId, 'cannot-decrypt');
    await device.outbox.put(one.envelope, one.receiptNumber, one.files);
    await eventually(
      () => device.outbox.list(),
      (entries) => entries[0]?.state.at === 'set-aside',
    );
    const exported = await device.exportEntry(submissionId);
    expect(exported?.envelope).toEqual(one.envelope);
    expect([...(exported?.files.keys() ?? [])]).toEqual(one.envelope.files);
    expect(exported?.lost).toEqual([]);
    expect(await device.exportEntry('unknown')).toBeUndefined();
    centre.refusals.clear();
    await device.resend(submissionId);
    await device.resend('unknown');
    await eventually(
      () => device.outbox.list(),
      (entries) => entries[0]?.state.at === 'received',
    );
  });

  test('[C5] [O10] an export names the files that this disk has lost', async () => {
    const { open, centre, disk } = await aPlace();
    const { device } = await open();
    const one = madeUpEnvelope(random, 2);
    const { submissionId } = one.envelope;
    centre.refusals.set(submissionId, 'cannot-decrypt');
    await device.outbox.put(one.envelope, one.receiptNumber, one.files);
    const [lost, kept] = [...one.files.keys()];
    const raw = await request<IDBDatabase>(disk.indexedDB.open(shelfDatabase('kiosk')));
    const files = raw.transaction('files', 'readwrite').objectStore('files');
    await request(files.delete(`${submissionId}/${lost}`));
    raw.close();
    const exported = await device.exportEntry(submissionId);
    expect(exported?.lost).toEqual([lost]);
    expect([...(exported?.files.keys() ?? [])]).toEqual([kept]);
  });

  test('[E1] [E2] [E3] after a restored centre it enrols again, offers again and pulls again', async () => {
    const { open, centre } = await aPlace();
    const { device, timer } = await open();
    const before = centre.backup();
    const one = madeUpEnvelope(random, 1);
    await device.outbox.put(one.envelope, one.receiptNumber, one.files);
    centre.change('status', 'c1', receivedStatus('c1', 'r1'));
    await eventually(
      () => centre.accepted.length,
      (count) => count === 1,
    );
    await eventually(
      () => device.lastKnown('r1'),
      (found) => found !== undefined,
    );
    centre.restore(before);
    centre.knobs.admits = false;
    timer.pass(31_000);
    await device.probe();
    await eventually(
      () => device.centreKey()?.kid,
      (kid) => kid === 'centre-of-epoch-2',
    );
    await eventually(
      () => {
        timer.pass(2_000);
        return centre.memory.custody.size + centre.memory.files.size;
      },
      (count) => count === 2,
    );
    await eventually(
      () => device.lastKnown('r1'),
      (found) => found === undefined,
    );
  });

  test("[P6] last known status, with its time by the centre's clock, over a restart without a line", async () => {
    const { open, centre, centreClock, closeAll, cut } = await aPlace();
    centre.change('status', 'c2', receivedStatus('c2', 'r1'));
    centre.change('status', 'c1', receivedStatus('c1', 'r1'));
    centre.change('status', 'c3', receivedStatus('c3', 'r2'));
    centreClock.add(3_600_000);
    const { device } = await open();
    const known = await eventually(
      () => device.lastKnown('r1'),
      (found) => found?.asOf === '2026-11-23T10:00:00.000Z',
    );
    expect(known?.cases.map(({ caseNumber }) => caseNumber)).toEqual(['c1', 'c2']);
    expect(await device.lastKnown('r9')).toBeUndefined();
    await closeAll();
    cut(true);
    const again = await open();
    expect(await again.device.lastKnown('r1')).toEqual(known);
  });

  test('[P4] [P6] a change at the centre is told to who watches, without anybody asking', async () => {
    const { open, centre } = await aPlace();
    const { device } = await open();
    await eventually(
      () => centre.streams,
      (count) => count === 1,
    );
    let told = 0;
    const stop = device.watchStatus(() => {
      told += 1;
    });
    centre.change('status', 'c1', receivedStatus('c1', 'r1'));
    await eventually(
      () => device.lastKnown('r1'),
      (found) => found !== undefined,
    );
    await eventually(
      () => told,
      (count) => count > 0,
    );
    stop();
  });

  test('[P5] a newer catalogue of the centre comes into force', async () => {
    const { open, centre } = await aPlace();
    centre.change('catalogue', 'catalogue', { ...shippedCatalogue, version: '9999.1.1' });
    centre.change('settings', 'hall', { name: '澜州市政务服务中心' });
    const { device } = await open();
    expect(device.catalogue()).toBe(shippedCatalogue);
    await eventually(
      () => device.catalogue().version,
      (version) => version === '9999.1.1',
    );
    const settings = await eventually(
      () => device.settings(),
      (found) => 'hall' in found,
    );
    expect(settings).toEqual({ hall: { name: '澜州市政务服务中心' } });
  });

  test('[P8] the private half comes and is not stored', async () => {
    const { open, disk } = await aPlace();
    const { device } = await open();
    const one = madeUpEnvelope(random, 0);
    await device.outbox.put(one.envelope, one.receiptNumber, one.files);
    await eventually(
      () => device.outbox.list(),
      (entries) => entries[0]?.state.at === 'received',
    );
    const request = { receiptNumber: one.receiptNumber, secret: 'the-secret' };
    const answered = await device.askStatus({ ...request, residentId: '320199199001010017' });
    expect(answered).toMatchObject({ ok: true, value: { notes: [{ text: 'private note' }] } });
    const bytes = await dump(disk.indexedDB);
    for (const secret of ['private note', '320199199001010017', 'the-secret']) {
      expect(bytes).not.toContain(secret);
    }
  });

  test('[P6] each reason why the centre tells nothing', async () => {
    const { open, cut } = await aPlace();
    const { device } = await open();
    const one = madeUpEnvelope(random, 0);
    await device.outbox.put(one.envelope, one.receiptNumber, one.files);
    await eventually(
      () => device.outbox.list(),
      (entries) => entries[0]?.state.at === 'received',
    );
    const request = { receiptNumber: one.receiptNumber, secret: 's' };
    const failure = async (more: object) => {
      const answered = await device.askStatus({ ...request, ...more });
      return answered.ok ? undefined : answered.error;
    };
    expect(await failure({})).toBeUndefined();
    expect(await failure({ receiptNumber: 'unknown' })).toBe('unknown-receipt');
    expect(await failure({ residentId: 'wrong' })).toBe('wrong-id');
    expect(await failure({ residentId: 'too-often' })).toBe('too-many-attempts');
    cut(true);
    expect(await failure({})).toBe('no-line');
  });

  test('[O8] [O15] two tabs: one works, both see; when it goes the other takes over', async () => {
    const { open, centre, locks } = await aPlace();
    const first = await open('one');
    const second = await open('two');
    const one = madeUpEnvelope(random, 1);
    await second.device.outbox.put(one.envelope, one.receiptNumber, one.files);
    await eventually(
      () => second.device.outbox.list(),
      (entries) => entries[0]?.state.at === 'received',
    );
    expect(second.device.enrolment()).toEqual(first.device.enrolment());
    expect(locks.holder('tongban-kiosk-terminal-worker')).toBe('one');
    await first.device.close();
    expect(locks.holder('tongban-kiosk-terminal-worker')).toBe('two');
    const other = madeUpEnvelope(random, 1);
    await second.device.outbox.put(other.envelope, other.receiptNumber, other.files);
    await eventually(
      () => centre.accepted,
      (accepted) => accepted.length === 2,
    );
  });

  test('[L4] what the browser believes of the network only asks for a probe', async () => {
    const { open, cut } = await aPlace();
    const { device, hint } = await open();
    await eventually(
      () => device.line.state().at,
      (at) => at === 'connected',
    );
    hint('offline');
    await device.probe();
    expect(device.line.state().at).toBe('connected');
    cut(true);
    hint('online');
    await eventually(
      () => device.line.state().at,
      (at) => at === 'cut',
    );
  });

  test('[S9] asks for lasting storage where the app wants it, and tells the answer and the room', async () => {
    const { open, cut } = await aPlace();
    cut(true);
    const silent = await open('silent');
    expect(silent.device.persisted).toBe('unasked');
    await silent.device.close();
    const granted = await open('granted', { persist: async () => true });
    const refused = await open('refused', { persist: async () => false });
    await eventually(
      () => granted.device.persisted,
      (answer) => answer === 'granted',
    );
    await eventually(
      () => refused.device.persisted,
      (answer) => answer === 'refused',
    );
    expect(await granted.device.room()).toBe(600);
  });

  test('[C6] with a lost store key every envelope is offered again, from the shelf', async () => {
    const { open, closeAll, cut, centre, vault } = await aPlace();
    cut(true);
    const { device } = await open();
    const one = madeUpEnvelope(random, 1);
    await device.outbox.put(one.envelope, one.receiptNumber, one.files);
    await closeAll();
    const other = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    cut(false);
    const again = await open('one', { vault: { ...vault, storeKey: async () => other } });
    await eventually(
      () => again.device.outbox.list(),
      (entries) => entries[0]?.state.at === 'received',
    );
    expect(centre.accepted).toEqual([one.envelope.submissionId]);
  });

  test('[S1] [S8] receipts on the own device lie encrypted and come newest first', async () => {
    const { open, disk, cut } = await aPlace();
    cut(true);
    const { device } = await open();
    const receipt = (number: string, sealedAt: string) => ({
      number,
      sealedAt,
      secret: `secret-of-${number}`,
      manifestHash: 'h',
      target: 'newborn',
      code: `TB1:${number}`,
    });
    const [older, newer] = [receipt('r1', '2026-11-22'), receipt('r2', '2026-11-23')];
    await device.receipts.keep(older);
    await device.receipts.keep(newer);
    await device.receipts.keep(newer);
    expect(await device.receipts.list()).toEqual([newer, older]);
    expect(await dump(disk.indexedDB)).not.toContain('secret-of');
  });
});
