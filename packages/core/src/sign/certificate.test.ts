import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemRandom } from '../ports/random.ts';
import { ecdsaToDer } from './algorithm.ts';
import { buildCertificate } from './certificate.ts';
import { readCertificate } from './certificateReading.ts';
import { buildChain } from './chain.ts';
import { oids } from './oids.ts';
import { fromPem, toPem } from './pem.ts';
import { createCertificationRequest, readCertificationRequest } from './request.ts';
import {
  type Centre,
  days,
  hallName,
  type Issued,
  issue,
  makeKey,
  noon,
  openCentre,
} from './testing/people.ts';
import { openValidators, type Validators } from './testing/validators.ts';

let centre: Centre;
let validators: Validators;
beforeAll(async () => {
  centre = await openCentre();
  validators = openValidators(centre.root.certificate);
});
afterAll(() => validators.close());

/** What OpenSSL says of a chain at noon. */
function opensslVerify(leaf: Uint8Array, between: readonly Uint8Array[] = []) {
  const write = (name: string, certificates: readonly Uint8Array[]) =>
    writeFileSync(
      join(validators.folder, name),
      certificates.map((der) => toPem('CERTIFICATE', der)).join(''),
    );
  write('leaf.pem', [leaf]);
  write('between.pem', between);
  const untrusted = between.length > 0 ? ['-untrusted', 'between.pem'] : [];
  return validators.run(
    'openssl',
    ...['verify', '-x509_strict', '-CAfile', 'ca.pem', ...untrusted],
    ...['-attime', `${noon.getTime() / 1000}`, 'leaf.pem'],
  );
}

async function judge(leaf: Uint8Array, between: readonly Uint8Array[] = [], at = noon) {
  const chain = await buildChain(
    readCertificate(leaf),
    between.map(readCertificate),
    centre.trust.map(readCertificate),
    at,
  );
  return chain.problems;
}

test('OpenSSL and we accept a citizen below a hall, and a department below the root', async () => {
  const { certificate } = await centre.citizen('丁小禾', Uint8Array.of(1));
  expect(opensslVerify(certificate, [centre.hall.certificate]).status).toBe(0);
  expect(await judge(certificate, [centre.hall.certificate])).toEqual([]);
  expect(opensslVerify(centre.seal.certificate).status).toBe(0);
  expect(await judge(centre.seal.certificate)).toEqual([]);
});

test('a hall may not name people of another place', async () => {
  const stranger = await issue(
    [
      ['C', 'CN'],
      ['O', '别处'],
      ['CN', '丁小禾'],
    ],
    { kind: 'seal' },
    centre.hall,
  );
  expect(opensslVerify(stranger.certificate, [centre.hall.certificate]).said).toContain(
    'permitted subtree violation',
  );
  expect(await judge(stranger.certificate, [centre.hall.certificate])).toEqual(['issuer-exceeded']);
});

test('a hall may not create another issuer', async () => {
  const below = await issue(
    [...hallName, ['CN', '私设']],
    { kind: 'issuing', names: hallName },
    centre.hall,
  );
  const leaf = await issue([...hallName, ['CN', '丁小禾']], { kind: 'seal' }, below);
  const between = [below.certificate, centre.hall.certificate];
  expect(opensslVerify(leaf.certificate, between).said).toContain(
    'path length constraint exceeded',
  );
  expect(await judge(leaf.certificate, between)).toContain('issuer-exceeded');
});

test('a citizen issues nothing', async () => {
  const { publicKey } = await makeKey();
  const citizen = await issue([...hallName, ['CN', '甲']], { kind: 'seal' }, centre.hall);
  const order = {
    subject: [...hallName, ['CN', '乙']] as const,
    use: { kind: 'seal' } as const,
    publicKey,
    notBefore: days(-1),
    notAfter: days(1),
  };
  const leaf = await buildCertificate(
    order,
    { ...citizen.key, certificate: citizen.certificate },
    systemRandom,
  );
  const between = [citizen.certificate, centre.hall.certificate];
  expect(opensslVerify(leaf, between).status).not.toBe(0);
  expect(await judge(leaf, between)).toContain('issuer-exceeded');
});

test('time is judged at the moment of signing', async () => {
  const { certificate } = await centre.citizen('丁小禾', Uint8Array.of(1));
  const between = [centre.hall.certificate];
  expect(await judge(certificate, between, days(89))).toEqual([]);
  expect(await judge(certificate, between, days(91))).toEqual(['expired']);
  expect(await judge(certificate, between, days(-2))).toEqual(['not-yet-valid']);
});

test('a stranger is untrusted, someone who certified himself is named so', async () => {
  const other = await openCentre();
  const { certificate } = await other.citizen('丁小禾', Uint8Array.of(1));
  expect(await judge(certificate, [other.hall.certificate])).toEqual(['untrusted']);
  const alone = await centre.uncertified('丁小禾', Uint8Array.of(1));
  expect(alone.certified).toBe(false);
  expect(await judge(alone.certificate)).toEqual(['not-certified']);
});

test('a citizen certificate tells the name, the document and nothing else of the person', async () => {
  const document = new TextEncoder().encode('paper');
  const signer = await centre.citizen('𠮷林·知夏', document);
  const read = readCertificate(signer.certificate);
  expect(read.commonName).toBe('𠮷林·知夏');
  expect(read.binding?.type).toBe('pdf-revision');
  expect(read.binding?.hash).toBe(oids.sha256);
  expect(read.binding?.digest).toEqual(
    new Uint8Array(await crypto.subtle.digest('SHA-256', document)),
  );
  expect([read.notBefore, read.notAfter]).toEqual([days(-1), days(90)]);
  expect(new X509Certificate(signer.certificate).subject).toBe(
    'C=CN\nO=澜州市政务服务中心\nOU=南湖区大厅\nCN=𠮷林·知夏',
  );
});

test('the key of a signing act signs once and is gone', async () => {
  const signer = await centre.citizen('丁小禾', Uint8Array.of(1));
  await signer.sign(Uint8Array.of(1));
  expect(() => signer.sign(Uint8Array.of(2))).toThrow('signs once');
});

test('serial numbers are positive, long and different', async () => {
  const made: Issued[] = await Promise.all(
    [1, 2, 3].map(() => issue([['CN', '甲']], { kind: 'seal' }, centre.root)),
  );
  const serials = made.map(({ certificate }) => new X509Certificate(certificate).serialNumber);
  expect(new Set(serials).size).toBe(3);
  for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9A-F]{31}$/);
});

test('a request proves that its sender holds the key', async () => {
  const own = await makeKey();
  const der = await createCertificationRequest(
    [...hallName, ['CN', '07 号机']],
    own.publicKey,
    own.key,
  );
  writeFileSync(join(validators.folder, 'request.pem'), toPem('CERTIFICATE REQUEST', der));
  const said = validators.run('openssl', 'req', '-verify', '-noout', '-in', 'request.pem');
  expect(said.status).toBe(0);
  const read = await readCertificationRequest(der);
  expect(read).toMatchObject({
    ok: true,
    value: { commonName: '07 号机', publicKey: own.publicKey },
  });
  const other = await createCertificationRequest(
    [['CN', '甲']],
    (await makeKey()).publicKey,
    own.key,
  );
  expect(await readCertificationRequest(other)).toEqual({ ok: false, error: 'not-proven' });
  expect(await readCertificationRequest(der.subarray(1))).toEqual({
    ok: false,
    error: 'malformed',
  });
});

test('PEM goes there and back; what is no Base64 is left out', () => {
  const der = Uint8Array.from({ length: 200 }, (_, i) => i);
  const text = `words\n${toPem('CERTIFICATE', der)}${toPem('CERTIFICATE', der.subarray(1))}`;
  expect(fromPem('CERTIFICATE', text)).toEqual([der, der.subarray(1)]);
  expect(
    fromPem('CERTIFICATE', '-----BEGIN CERTIFICATE-----\n===\n-----END CERTIFICATE-----'),
  ).toEqual([]);
  expect(fromPem('PRIVATE KEY', text)).toEqual([]);
});

test('r‖s becomes minimal, positive integers', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (raw) => {
      const der = ecdsaToDer(raw);
      const r = der.subarray(4, 4 + (der[3] ?? 0));
      expect(der[0]).toBe(0x30);
      expect((r[0] ?? 0) < 0x80).toBe(true);
      expect(r.length === 1 || r[0] !== 0 || (r[1] ?? 0) >= 0x80).toBe(true);
      expect(BigInt(`0x${Buffer.from(r).toString('hex')}`)).toBe(
        BigInt(`0x${Buffer.from(raw.subarray(0, 32)).toString('hex')}`),
      );
    }),
  );
});
