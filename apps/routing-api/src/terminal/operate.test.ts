import { X509Certificate } from 'node:crypto';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedCatalogue } from '@tongban/catalogue';
import type { AuditEntry } from '@tongban/core';
import type { ChangesAnswer } from '@tongban/sync/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type Staff, signIn } from '../testing/staff.ts';
import { makeEnrolmentCode } from './enrol.ts';
import { closeTerminal, listTerminals, revokeTerminal } from './operate.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const day = 86_400_000;
let centre: RunningCentre;
let window3: Staff;
/** As in production, with an authority. */
let strict: RunningCentre;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  window3 = await signIn(centre.origin, 'window3');
  folder = await temporaryFolder();
  const authority = join('keys', 'authority.pem');
  await mkdir(join(folder.path, 'keys'));
  await copyFile(join(centre.dataFolder, authority), join(folder.path, authority));
  strict = await runCentre({
    catalogue: shippedCatalogue,
    demonstration: false,
    dataFolder: folder.path,
  });
});
afterAll(async () => {
  await centre.end();
  await strict?.end();
  await folder?.remove();
});

async function admitted(profile: 'kiosk' | 'counter', hall: string): Promise<Device> {
  const device = await makeDevice(strict.origin, strict.clock);
  await device.enrol(profile, { code: await makeEnrolmentCode(strict.centre, profile, hall) });
  return device;
}

async function kioskIn(hall: string): Promise<Device> {
  const device = await makeDevice(centre.origin, centre.clock);
  await device.enrol('kiosk', { hall });
  return device;
}

const codeOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { code: string }).code,
];
const settingsOf = async (device: Device) => {
  const answer = await device.ask('GET', '/api/v1/changes/settings');
  const { rows } = (await answer.json()) as ChangesAnswer;
  return Object.fromEntries(rows.map(({ id, body }) => [id, body])) as Record<string, unknown>;
};
const own = (device: Device) => {
  const [certificate = ''] = device.enrolment().certificate ?? [];
  return new X509Certificate(Buffer.from(certificate, 'base64url'));
};
const issuing = (device: Device) => {
  const [certificate = ''] = device.enrolment().issuingChain;
  return new X509Certificate(Buffer.from(certificate, 'base64url'));
};
const audited = async (at: RunningCentre, event: string, subject: string) => {
  const { rows } = await at.centre.database.query<AuditEntry>(
    'select * from audit where event = $1 and subject = $2 order by seq',
    [event, subject],
  );
  return rows.map(({ actor, detail }) => ({ actor, detail }));
};

describe("a terminal's own certificate", () => {
  test('[A1] is by the authority, for its key, hall and name, for thirteen months', async () => {
    const kiosk = await kioskIn('nanhu');
    const [leaf, root] = (kiosk.enrolment().certificate ?? []).map(
      (der) => new X509Certificate(Buffer.from(der, 'base64url')),
    );
    expect(leaf?.verify(root!.publicKey)).toBe(true);
    expect(leaf?.ca).toBe(false);
    expect(leaf?.publicKey.export({ format: 'jwk' })).toMatchObject({
      x: kiosk.publicJwk.x,
      y: kiosk.publicJwk.y,
    });
    expect(leaf?.subject).toContain(kiosk.enrolment().name);
    expect(new Date(leaf?.validTo ?? '').getTime() - centre.clock.now().getTime()).toBe(395 * day);
    const phone = await makeDevice(centre.origin, centre.clock);
    expect(await phone.enrol('phone')).toMatchObject({ certificate: [] });
  });

  test('[A1] is given out anew to whoever enrols, and its end shuts out who did not', async () => {
    const [old, busy] = [await admitted('kiosk', 'beita'), await admitted('counter', 'beita')];
    strict.clock.forward(31 * day);
    const first = own(busy).serialNumber;
    await busy.enrol('counter');
    expect(own(busy).serialNumber).not.toBe(first);
    await busy.enrol('counter');
    const second = own(busy).serialNumber;
    strict.clock.forward(365 * day);
    expect((await busy.ask('GET', '/api/v1/changes/settings')).status).toBe(200);
    await busy.enrol('counter');
    expect(own(busy).serialNumber).not.toBe(second);

    expect(await codeOf(await old.ask('GET', '/api/v1/changes/settings'))).toEqual([
      403,
      'terminal-expired',
    ]);
    await expect(old.enrol('kiosk')).rejects.toThrow('terminal-expired');
    const elsewhere = await makeEnrolmentCode(strict.centre, 'kiosk', 'nanhu');
    await expect(old.enrol('kiosk', { code: elsewhere })).rejects.toThrow('terminal-expired');
    const { name } = old.enrolment();
    const code = await makeEnrolmentCode(strict.centre, 'kiosk', 'beita');
    expect(await old.enrol('kiosk', { code })).toMatchObject({ name });
    expect((await old.ask('GET', '/api/v1/changes/settings')).status).toBe(200);
    expect(await audited(strict, 'terminal.admitted-again', old.id)).toMatchObject([
      { actor: old.id, detail: { was: 'expired', code: true } },
    ]);
  });
});

describe('an operator', () => {
  test('[A2] [A5] closes a terminal: it is told so, and comes back with a code only', async () => {
    const kiosk = await admitted('kiosk', 'nanhu');
    const { name } = kiosk.enrolment();
    const closed = await closeTerminal(strict.centre, kiosk.id.slice(0, 8), 'moved to the store');
    expect(closed).toMatchObject({ ok: true, value: { terminal: kiosk.id, name } });
    for (const path of ['/api/v1/changes/settings', '/api/v1/stream']) {
      expect(await codeOf(await kiosk.ask('GET', path))).toEqual([403, 'terminal-closed']);
    }
    await expect(kiosk.enrol('kiosk')).rejects.toThrow('terminal-closed');
    expect(await closeTerminal(strict.centre, kiosk.id, 'again')).toEqual({
      ok: false,
      error: 'closed-already',
    });
    const counterCode = await makeEnrolmentCode(strict.centre, 'counter', 'nanhu');
    await expect(kiosk.enrol('kiosk', { code: counterCode })).rejects.toThrow('terminal-closed');
    const code = await makeEnrolmentCode(strict.centre, 'kiosk', 'nanhu');
    expect(await kiosk.enrol('kiosk', { code })).toMatchObject({ name });
    expect(await audited(strict, 'terminal.closed', kiosk.id)).toEqual([
      { actor: 'operator', detail: { why: 'moved to the store' } },
    ]);
    expect(await audited(strict, 'terminal.admitted-again', kiosk.id)).toMatchObject([
      { detail: { was: 'closed' } },
    ]);
  });

  test('[A2] a demonstration lets nobody back in by himself either', async () => {
    const kiosk = await kioskIn('nanhu');
    await closeTerminal(centre.centre, kiosk.id, 'test');
    await expect(kiosk.enrol('kiosk', { hall: 'nanhu' })).rejects.toThrow('terminal-closed');
  });

  test('[A3] [A5] revokes a terminal for good, with every certificate it ever had, and tells all halls', async () => {
    const kiosk = await admitted('kiosk', 'nanhu');
    const elsewhere = await admitted('kiosk', 'beita');
    const certificates = [own(kiosk).serialNumber];
    strict.clock.forward(40 * day);
    await kiosk.enrol('kiosk');
    certificates.push(own(kiosk).serialNumber, issuing(kiosk).serialNumber);

    const since = new Date(strict.clock.now().getTime() - day);
    expect(await revokeTerminal(strict.centre, kiosk.id, 'stolen', since)).toMatchObject({
      ok: true,
      value: { certificates: 3, since: 0, revokedAt: since.toISOString() },
    });
    expect(await codeOf(await kiosk.ask('GET', '/api/v1/changes/settings'))).toEqual([
      403,
      'terminal-revoked',
    ]);
    const code = await makeEnrolmentCode(strict.centre, 'kiosk', 'nanhu');
    await expect(kiosk.enrol('kiosk', { code })).rejects.toThrow('terminal-revoked');

    const told = (await settingsOf(elsewhere)).revoked as {
      revoked: { serial: string; from: string }[];
    };
    for (const serial of certificates) {
      expect(told.revoked).toContainEqual({
        serial: serial.toLowerCase(),
        from: since.toISOString(),
      });
    }
    // A hall that opens later hears of it too.
    const later = await admitted('kiosk', 'shuixi');
    expect((await settingsOf(later)).revoked).toEqual(told);
    expect(await audited(strict, 'terminal.revoked', kiosk.id)).toEqual([
      {
        actor: 'operator',
        detail: { why: 'stolen', since: since.toISOString(), certificates: 3, came: 0 },
      },
    ]);
    // What is known later may be worse, never better.
    const earlier = new Date(since.getTime() - day);
    const again = await revokeTerminal(strict.centre, kiosk.id, 'earlier still', earlier);
    expect(again).toMatchObject({ ok: true, value: { revokedAt: earlier.toISOString() } });
    const softer = await revokeTerminal(strict.centre, kiosk.id, 'after all not', since);
    expect(softer).toMatchObject({ ok: true, value: { revokedAt: earlier.toISOString() } });
  });

  test('[A3] names a terminal by name or by enough of its id, and revokes nothing ahead', async () => {
    const kiosk = await admitted('kiosk', 'shuixi');
    const close = (which: string) => closeTerminal(strict.centre, which, 'test');
    expect(await close(kiosk.id.slice(0, 5))).toEqual({ ok: false, error: 'unknown-terminal' });
    // Each hall has a first kiosk.
    expect(await close('自助机 01')).toEqual({ ok: false, error: 'several-terminals' });
    const ahead = new Date(strict.clock.now().getTime() + 1);
    expect(await revokeTerminal(strict.centre, kiosk.id, 'test', ahead)).toEqual({
      ok: false,
      error: 'in-future',
    });
    const lines = await listTerminals(strict.centre);
    expect(lines.find(({ terminal }) => terminal === kiosk.id)).toMatchObject({
      hall: 'shuixi',
      certifiedUntil: new Date(strict.clock.now().getTime() + 395 * day).toISOString(),
    });
    expect(lines.some(({ revokedAt }) => revokedAt !== undefined)).toBe(true);
  });
});

describe('papers signed at a terminal that was revoked', () => {
  /** An application signed there and not yet sent. */
  async function signedAt(kiosk: Device) {
    const applicant = makeApplicant(kiosk, centre.clock, '9');
    const visit = await applicant.begin(permit);
    await fillPermit(visit, await shown(people.mother, centre.clock));
    const receipt = await applicant.submit(visit);
    return { number: receipt.number, ...applicant.packed() };
  }

  async function faultsOf(number: string): Promise<string[]> {
    await centre.judging.settled();
    const detail = await window3.detail(number);
    return [...new Set((detail.corrections ?? []).map(({ fault }) => fault))].sort();
  }

  /** What staff are shown beside the papers now: `holds`, or why not. */
  async function verdicts(number: string): Promise<string[]> {
    const answer = await window3.ask('GET', `/cases/${number}/papers`);
    const { papers } = (await answer.json()) as {
      papers: { holds: boolean; reasons: string[] }[];
    };
    return [...new Set(papers.map(({ holds, reasons }) => (holds ? 'holds' : reasons.join())))];
  }

  test('[A4] stand where the centre had them before', async () => {
    const kiosk = await kioskIn('nanhu');
    const one = await signedAt(kiosk);
    await kiosk.send(one.envelope, one.files);
    expect(await faultsOf(one.number)).toEqual([]);
    centre.clock.forward(60_000);
    await revokeTerminal(centre.centre, kiosk.id, 'stolen');
    expect(await verdicts(one.number)).toEqual(['holds']);
  });

  test('[A4] wait for a counter where only their own word says that they were signed before', async () => {
    const [kiosk, carrier] = [await kioskIn('nanhu'), await kioskIn('nanhu')];
    const one = await signedAt(kiosk);
    centre.clock.forward(60_000);
    await revokeTerminal(centre.centre, kiosk.id, 'stolen');
    centre.clock.forward(60_000);
    // It is shut out itself; what it held comes by another terminal.
    await carrier.send(one.envelope, one.files);
    expect(await faultsOf(one.number)).toEqual(['signing-time-unproven', 'terminal-revoked']);
  });

  test('[A4] do not hold where they say themselves that they were signed after it', async () => {
    const [kiosk, carrier] = [await kioskIn('nanhu'), await kioskIn('nanhu')];
    await revokeTerminal(centre.centre, kiosk.id, 'stolen');
    centre.clock.forward(60_000);
    const one = await signedAt(kiosk);
    await carrier.send(one.envelope, one.files);
    expect(await faultsOf(one.number)).toEqual(['signer-revoked', 'terminal-revoked']);
    expect(await verdicts(one.number)).toEqual(['revoked']);
  });
});
