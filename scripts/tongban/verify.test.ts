import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemRandom } from '@tongban/core';
import { renderPaper } from '@tongban/core/document';
import {
  buildCertificate,
  createCitizenCertificate,
  fromPem,
  serialOf,
  signPdf,
  toPem,
  webCryptoKey,
} from '@tongban/core/sign';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispatch } from './dispatch.ts';
import { verifyCommand } from './verify.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

const font = createRequire(import.meta.resolve('@tongban/core')).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
);

/** An authority that is made up, with its key and certificate. */
async function authority() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const key = webCryptoKey(pair.privateKey);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const day = 86_400_000;
  const certificate = await buildCertificate(
    {
      subject: [['CN', '演示签发机构']],
      use: { kind: 'issuing', names: [] },
      publicKey,
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + 365 * day),
    },
    key,
    systemRandom,
  );
  return { key, certificate };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tongban-verify-'));
  const fonts = { regular: new Uint8Array(readFileSync(font)) };
  const { pdf } = await renderPaper(
    {
      id: 'application-form',
      title: '居住证申领申请表',
      language: 'zh-CN',
      caseNumber: '320199920261123K7Q2M8XW4RZ0T',
      date: '2026-11-23',
      blocks: [{ kind: 'text', text: '以上内容属实。' }],
      signatures: [{ name: 'applicant', label: '申请人签名' }],
    },
    fonts,
  );
  const { key, certificate } = await authority();
  const signer = await createCitizenCertificate(
    { name: '丁小禾', document: pdf, issuer: { ...key, chain: [certificate] } },
    { clock: systemClock, random: systemRandom },
  );
  const signed = await signPdf(pdf, signer, {
    field: 'applicant',
    appearance: { kind: 'typed', text: '丁小禾', fonts },
    signedAt: systemClock.now(),
    name: '丁小禾',
  });
  const changed = signed.slice();
  const middle = Math.floor(pdf.length / 2);
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  writeFileSync(at('signed.pdf'), signed);
  writeFileSync(at('changed.pdf'), changed);
  writeFileSync(at('unsigned.pdf'), pdf);
  writeFileSync(at('ca.pem'), toPem('CERTIFICATE', certificate));
  writeFileSync(at('other.pem'), toPem('CERTIFICATE', (await authority()).certificate));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const verify = async (...args: readonly string[]) => {
  const said: string[] = [];
  const keep = (line: string): void => void said.push(line);
  const out = { result: keep, remark: keep };
  return { exit: await dispatch(['verify', ...args], [verifyCommand], out), said: said.join('\n') };
};

describe('tongban verify', () => {
  test('holds for a signed paper and the authority behind it', async () => {
    const { exit, said } = await verify(at('signed.pdf'), '--trust', at('ca.pem'));
    expect(said).toContain('Holds');
    expect(said).toContain('丁小禾 ← 演示签发机构');
    expect(exit).toBe(0);
  });

  test.each([
    ['one byte was changed', ['changed.pdf', '--trust', 'ca.pem'], '[digest-mismatch]'],
    ['the authority is another', ['signed.pdf', '--trust', 'other.pem'], '[untrusted]'],
    ['no authority is trusted', ['signed.pdf'], '[untrusted]'],
    ['nobody has signed', ['unsigned.pdf', '--trust', 'ca.pem'], '[no-signature]'],
    ['a signature is missing', ['signed.pdf', '--signatures', '2'], '[signature-count]'],
    ['it is no PDF', ['ca.pem', '--trust', 'ca.pem'], '[unreadable]'],
  ])('ends with 1 and says why when %s', async (_name, args, why) => {
    const paths = args.map((arg) => (/\.(pdf|pem)$/.test(arg) ? at(arg) : arg));
    const { exit, said } = await verify(...paths);
    expect(said).toContain(why);
    expect(exit).toBe(1);
  });

  test('takes the list of revoked certificates that the operator has', async () => {
    const [authority] = fromPem('CERTIFICATE', readFileSync(at('ca.pem'), 'utf8'));
    const serial = serialOf(authority ?? new Uint8Array());
    writeFileSync(
      at('revoked.json'),
      JSON.stringify({ terminals: [], revoked: [{ serial, from: '2020-01-01T00:00:00.000Z' }] }),
    );
    const given = [at('signed.pdf'), '--trust', at('ca.pem'), '--revoked'];
    const { exit, said } = await verify(...given, at('revoked.json'));
    expect(said).toContain('[revoked]');
    expect(exit).toBe(1);
    expect((await verify(...given, at('ca.pem'))).exit).toBe(2);
  });

  test('gives the whole verdict as JSON', async () => {
    const { said } = await verify(at('changed.pdf'), '--trust', at('ca.pem'), '--json');
    expect(JSON.parse(said)).toMatchObject({ holds: false, signatures: [{ field: 'applicant' }] });
  });

  test('ends with 2 when it is asked for something that cannot be', async () => {
    expect((await verify(at('signed.pdf'), '--signatures', 'two')).exit).toBe(2);
    expect((await verify(at('nowhere.pdf'))).exit).toBe(2);
    expect((await verify(at('signed.pdf'), '--trust', at('signed.pdf'))).exit).toBe(2);
  });
});
