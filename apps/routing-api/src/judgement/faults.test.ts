import { shippedCatalogue } from '@tongban/catalogue';
import {
  type ApplicationManifest,
  base64url,
  makeCaseNumber,
  type SealedFile,
  sealFile,
  systemRandom,
  uuid,
} from '@tongban/core';
import { blankJpeg, blankPdf } from '@tongban/core/testing';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { fillPermit, makeApplicant, people, permit, shown } from '../testing/applicant.ts';
import { type RunningCentre, runCentre } from '../testing/centre.ts';
import { type Device, makeDevice } from '../testing/device.ts';
import { type Staff, signIn } from '../testing/staff.ts';

// A database of its own is started here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

// What is wrong with a submission becomes a correction at a counter; nothing that was taken into custody is lost.
let centre: RunningCentre;
let kiosk: Device;
let window3: Staff;
let police: Staff;
let good: ApplicationManifest;
let files: ReadonlyMap<string, Uint8Array>;

beforeAll(async () => {
  centre = await runCentre({ catalogue: shippedCatalogue });
  kiosk = await makeDevice(centre.origin, centre.clock);
  await kiosk.enrol('kiosk', { hall: 'nanhu' });
  window3 = await signIn(centre.origin, 'window3');
  police = await signIn(centre.origin, 'desk-police');
  const applicant = makeApplicant(kiosk, centre.clock, '9');
  const visit = await applicant.begin(permit);
  await fillPermit(visit, await shown(people.mother, centre.clock));
  await applicant.submit(visit);
  good = visit.snapshot().draft.manifest!;
  files = applicant.packed().files;
});
afterAll(() => centre.end());

/** Sends the good application with one thing changed, under numbers of its own. */
async function sent(
  change: (manifest: ApplicationManifest) => unknown,
  from: Device = kiosk,
  more: ReadonlyMap<string, Uint8Array> = new Map(),
): Promise<string> {
  const number = makeCaseNumber('320199', '9', centre.clock.now(), systemRandom);
  const fresh: ApplicationManifest = {
    ...structuredClone(good),
    submissionId: uuid(systemRandom),
    nonce: base64url(systemRandom.bytes(16)),
    terminal: from.id,
    receiptNumber: number,
    cases: [{ item: 'residence-permit', caseNumber: number }],
  };
  const manifest = { ...fresh, ...(change(fresh) as Partial<ApplicationManifest>) };
  const verdict = await from.send(await from.sealed(manifest), new Map([...files, ...more]));
  expect(verdict).toMatchObject({ verdict: 'received' });
  await centre.judging.settled();
  return number;
}

async function corrections(number: string): Promise<string[]> {
  const detail = await window3.detail(number);
  return (detail.corrections ?? []).map(({ fault, about }) => `${fault} ${about}`.trim());
}

/** The file of a material replaced by other bytes. */
async function withFile(
  bytes: Uint8Array,
): Promise<[(m: ApplicationManifest) => unknown, Map<string, Uint8Array>, SealedFile]> {
  const { file, address, ciphertext } = await sealFile(bytes, 'image/jpeg', systemRandom);
  const change = (manifest: ApplicationManifest) => ({
    materials: manifest.materials.map((one) =>
      one.material === 'home-proof' ? { ...one, files: [file] } : one,
    ),
  });
  return [change, new Map([[address, ciphertext]]), file];
}

test('the unchanged application has nothing to correct', async () => {
  expect(await corrections(await sent(() => ({})))).toEqual([]);
});

test.each<[string, (manifest: ApplicationManifest) => unknown, string[]]>([
  [
    'an answer missing',
    ({ answers }) => ({
      answers: Object.fromEntries(
        Object.entries(answers).filter(([id]) => id !== 'residence.since'),
      ),
    }),
    ['answer-missing residence.since'],
  ],
  [
    'an ID number with a wrong check digit',
    ({ answers }) => ({
      answers: {
        ...answers,
        'applicant.residentId': { value: '320199199403120028', source: 'typed' },
      },
    }),
    ['answer-wrong applicant.residentId'],
  ],
  [
    'an impossible birth date',
    ({ answers }) => ({
      answers: { ...answers, 'applicant.birthDate': { value: '1994-02-30', source: 'typed' } },
    }),
    ['answer-wrong applicant.birthDate'],
  ],
  [
    'a main material left out',
    ({ materials }) => ({
      materials: materials.filter(({ material }) => material !== 'home-proof'),
    }),
    ['material-missing home-proof'],
  ],
  [
    'a main material only promised',
    ({ materials }) => ({
      materials: materials.map((one) =>
        one.material === 'home-proof' ? { ...one, state: 'promised', files: [] } : one,
      ),
    }),
    ['material-not-excused home-proof'],
  ],
  [
    'an exemption that does not apply',
    ({ materials }) => ({
      materials: materials.map((one) =>
        one.material === 'home-proof' ? { ...one, state: 'exempt', files: [] } : one,
      ),
    }),
    ['material-not-excused home-proof'],
  ],
  ['no paper', () => ({ papers: [] }), ['paper-missing residence-permit']],
  [
    'no consent',
    () => ({ consents: [] }),
    ['consent-missing residence-permit', 'consent-missing residence-permit'],
  ],
  [
    'assisted by staff, but not from a counter',
    () => ({ filing: { mode: 'assisted', staff: 'window3', staffName: '何敏' } }),
    ['assisted-elsewhere'],
  ],
  [
    'a credential altered after it was read',
    ({ evidence }) => ({
      evidence: evidence.map((one) => ({
        ...one,
        attributes: { ...one.attributes, name: '丁小乔' },
      })),
    }),
    ['credential-invalid'],
  ],
])('%s', async (_name, change, expected) => {
  expect([...new Set(await corrections(await sent(change)))]).toEqual([...new Set(expected)]);
});

test.each([
  [
    'a file of a wrong kind',
    new TextEncoder().encode('<html><script>alert(1)</script>'),
    'file-wrong-kind home-proof',
  ],
  ['a torn photograph', blankJpeg.subarray(0, blankJpeg.length - 40), 'file-torn home-proof'],
  [
    'a photograph over 10 MB',
    new Uint8Array([
      ...blankJpeg.subarray(0, 200),
      ...new Uint8Array(10 * 1024 * 1024 + 1),
      0xff,
      0xd9,
    ]),
    'file-too-large home-proof',
  ],
])('%s is judged by its content after opening', async (_name, bytes, expected) => {
  const [change, more] = await withFile(bytes);
  const number = await sent(change, kiosk, more);
  expect(await corrections(number)).toEqual([expected]);
});

test('what is no picture comes as a download only, typed as bytes', async () => {
  const [change, more, file] = await withFile(
    new TextEncoder().encode('<html><script>alert(1)</script>'),
  );
  const number = await sent(change, kiosk, more);
  const answer = await window3.ask('GET', `/cases/${number}/files/${file.address}`);
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
});

test('a file whose key does not open it, or whose digest is another, is a correction', async () => {
  const [change, more] = await withFile(blankJpeg);
  const wrongKey = (manifest: ApplicationManifest) => {
    const { materials } = change(manifest) as Pick<ApplicationManifest, 'materials'>;
    return {
      materials: materials.map((one) => ({
        ...one,
        files: one.files.map((file) => ({ ...file, key: base64url(systemRandom.bytes(32)) })),
      })),
    };
  };
  expect(await corrections(await sent(wrongKey, kiosk, more))).toContain(
    'file-unreadable home-proof',
  );
});

test('a paper that nobody signed, or that was changed after signing, is a correction with its reasons', async () => {
  const paper = good.papers[0]!;
  const { file, address, ciphertext } = await sealFile(blankPdf, 'application/pdf', systemRandom);
  const unsigned = () => ({ papers: [{ ...paper, file, signatures: 0 }] });
  const number = await sent(unsigned, kiosk, new Map([[address, ciphertext]]));
  expect(await corrections(number)).toEqual(['paper-broken application-form']);
  const { papers } = await window3.detail(number);
  expect(papers).toEqual([
    expect.objectContaining({ holds: false, reasons: expect.arrayContaining(['no-signature']) }),
  ]);
});

test('a catalogue version or item that the centre never had is kept, not guessed', async () => {
  const unknown = await sent(() => ({ catalogueVersion: '1999.1' }));
  expect(await corrections(unknown)).toEqual(['catalogue-unknown']);
  const number = makeCaseNumber('320199', '9', centre.clock.now(), systemRandom);
  await sent(() => ({ cases: [{ item: 'fishing-licence', caseNumber: number }] }));
  expect(await corrections(number)).toContain('item-unknown fishing-licence');
});

test('a case number that is no number, or another case’s, gets a new one, and the first case is untouched', async () => {
  const taken = await sent(() => ({}));
  await sent(() => ({ cases: [{ item: 'residence-permit', caseNumber: taken }] }));
  const before = await window3.detail(taken);
  expect(before.corrections).toEqual([]);
  await sent(() => ({
    cases: [{ item: 'residence-permit', caseNumber: "320199'; drop table cases; --" }],
  }));
  const rows = (await window3.list()).filter(
    ({ correction }) => correction === 'case-number-unusable',
  );
  expect(rows).toHaveLength(2);
});

test('a receipt number of another submission opens nothing of it', async () => {
  const first = await sent(() => ({}));
  await sent(() => ({
    receiptNumber: first,
    receiptSecretHash: base64url(systemRandom.bytes(32)),
  }));
  const { rows } = await centre.centre.database.query<{ secret_hash: string }>(
    'select secret_hash from receipts where receipt_number = $1',
    [first],
  );
  expect(rows).toEqual([{ secret_hash: good.receiptSecretHash }]);
});

test('a manifest of a shape we do not know is kept apart, for a counter', async () => {
  const odd = {
    ...good,
    submissionId: uuid(systemRandom),
    kind: 'application',
    answers: 'none',
    terminal: kiosk.id,
  };
  const verdict = await kiosk.offer(
    await kiosk.sealed({ ...odd, materials: [], papers: [] } as never),
  );
  expect(verdict).toMatchObject({ verdict: 'received' });
  await centre.judging.settled();
  const row = (await window3.list()).find(({ correction }) => correction === 'manifest-unreadable');
  expect(row).toMatchObject({
    item: 'unknown',
    receiptNumber: good.receiptNumber,
    state: 'received',
  });
  const settled = await window3.act(row!.caseNumber, 'resolve-correction');
  expect(settled.detail?.row.state).toBe('withdrawn');
});

test('an answer for a case nobody knows, or with another receipt, or unasked, is kept', async () => {
  const number = await sent(() => ({}));
  const supplement = {
    protocol: 1,
    kind: 'supplement',
    nonce: base64url(systemRandom.bytes(16)),
    catalogueVersion: good.catalogueVersion,
    appVersion: 'test',
    terminal: kiosk.id,
    channel: '9',
    language: 'zh-CN',
    sealedAt: good.sealedAt,
    filing: { mode: 'self' },
    caseNumber: number,
    receiptNumber: number,
    receiptSecretHash: good.receiptSecretHash,
    materials: good.materials.filter(({ material }) => material === 'home-proof'),
    evidence: [],
  } as const;
  const send = async (change: object) => {
    await kiosk.offer(
      await kiosk.sealed({ ...supplement, submissionId: uuid(systemRandom), ...change } as never),
    );
    await centre.judging.settled();
  };
  const open = async () => (await window3.list()).map(({ correction }) => correction);
  await send({ caseNumber: makeCaseNumber('320199', '9', centre.clock.now(), systemRandom) });
  expect(await open()).toContain('case-unknown');
  await send({ receiptSecretHash: base64url(systemRandom.bytes(32)) });
  expect(await open()).toContain('receipt-not-matching');
  await send({});
  expect(await corrections(number)).toEqual(['not-asked-for']);
});

test('a correction stops decisions until a counter has settled it, and then the case goes on', async () => {
  const number = await sent(() => ({ papers: [] }));
  expect((await police.detail(number)).actions).toEqual([]);
  expect(await police.act(number, 'accept')).toMatchObject({
    status: 409,
    code: 'correction-open',
  });
  expect(await police.act(number, 'resolve-correction')).toMatchObject({ status: 409 });
  expect((await window3.detail(number)).actions).toEqual(['resolve-correction']);
  const settled = await window3.act(number, 'resolve-correction', {
    text: '本人到窗口补签了申请表。',
  });
  expect(settled.detail?.corrections).toEqual([]);
  expect((await police.act(number, 'accept')).detail?.row.state).toBe('accepted');
});

test('a verified claim by a phone counts as declared, one by a kiosk as what it says', async () => {
  const claim = () => ({
    evidence: good.evidence.map(({ credential: _credential, ...rest }) => ({
      ...rest,
      source: 'card-reader' as const,
    })),
  });
  expect((await window3.detail(await sent(claim))).row.state).toBe('received');
  const phone = await makeDevice(centre.origin, centre.clock);
  await phone.enrol('phone');
  expect((await window3.detail(await sent(claim, phone))).row.state).toBe('awaiting-confirmation');
});
