import { createPrivateKey } from 'node:crypto';
import { base64url, type Envelope, open, seal, utf8 } from '@tongban/core';
import { memoryVault, sampleApplication } from '@tongban/core/testing';
import fc from 'fast-check';
import { CompactEncrypt, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { openEnvelope } from './openEnvelope.ts';

/** One sealing key, as the core and as Node's cryptography hold it. */
async function sealingKey() {
  const made = await generateKeyPair('ECDH-ES+A256KW', { crv: 'P-256', extractable: true });
  const jwk = await exportJWK(made.privateKey);
  const ours = createPrivateKey({ key: jwk as never, format: 'jwk' });
  const publicJwk: JWK = { ...(await exportJWK(made.publicKey)), kid: 'centre-1', use: 'enc' };
  return {
    publicJwk,
    ourKeyFor: async (kid: string | undefined) => (kid === 'centre-1' ? ours : undefined),
    keyFor: async (kid: string | undefined) => (kid === 'centre-1' ? made.privateKey : undefined),
  };
}

let centre: Awaited<ReturnType<typeof sealingKey>>;
let vault: Awaited<ReturnType<typeof memoryVault>>;
let envelope: Envelope;
beforeAll(async () => {
  [centre, vault] = [await sealingKey(), await memoryVault()];
  envelope = await seal(sampleApplication, vault, centre.publicJwk);
});

/** Both ways of opening, side by side. */
async function both(changed: Partial<Envelope>) {
  const one = { ...envelope, ...changed };
  return [await openEnvelope(one, centre.ourKeyFor), await open(one, centre.keyFor)] as const;
}
async function sealedAround(jws: string, more: object = {}): Promise<string> {
  const key: JWK = centre.publicJwk;
  return new CompactEncrypt(utf8(jws))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: key.kid ?? '', ...more })
    .encrypt(await importJWK(key, 'ECDH-ES+A256KW'));
}
const part = (value: unknown) => base64url(utf8(JSON.stringify(value)));

test('[M15] opens what the core seals to what the core opens', async () => {
  const [ours, core] = await both({});
  expect(ours).toEqual(core);
  expect(ours).toMatchObject({ ok: true, value: { manifest: sampleApplication } });
});

test('[M15] refuses what the core refuses, wherever a character changed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(envelope.jwe.length - 1),
      fc.constantFrom('A', 'b', '.', '', '+', '=', ' ', '-'),
      async (at, to) => {
        const jwe = `${envelope.jwe.slice(0, at)}${to}${envelope.jwe.slice(at + 1)}`;
        const [ours, core] = await both({ jwe });
        expect(ours).toEqual(core);
      },
    ),
    { numRuns: 150 },
  );
  // Characters that a lenient decoder takes for those of the alphabet, or passes over: ours never is more lenient.
  for (const [from, to] of [
    ['-', '+'],
    ['_', '/'],
    ['A', 'A '],
    ['A', 'A='],
  ] as const) {
    const at = envelope.jwe.lastIndexOf(from, envelope.jwe.lastIndexOf('.'));
    const jwe = `${envelope.jwe.slice(0, at)}${to}${envelope.jwe.slice(at + 1)}`;
    const [ours] = await both({ jwe });
    expect(ours).toEqual({ ok: false, error: 'cannot-decrypt' });
  }
});

test.each([
  ['another hash', { manifestHash: 'A'.repeat(43) }, 'hash-mismatch'],
  ['another terminal', { terminal: 'A'.repeat(43) }, 'wrong-terminal'],
  ['nonsense', { jwe: 'a.b.c.d.e' }, 'cannot-decrypt'],
  ['nothing', { jwe: '' }, 'cannot-decrypt'],
] as const)('[M15] %s is refused alike', async (_, changed, error) => {
  expect(await both(changed)).toEqual([
    { ok: false, error },
    { ok: false, error },
  ]);
});

test('[M15] a signature that does not hold, or none, is refused even inside a whole envelope', async () => {
  const { publicJwk } = await vault.terminal();
  const payload = part(sampleApplication);
  const zeros = base64url(new Uint8Array(64));
  for (const [header, signature] of [
    [{ alg: 'ES256', jwk: publicJwk }, zeros],
    [{ alg: 'none', jwk: publicJwk }, ''],
    [{ alg: 'ES256' }, zeros],
    [{ alg: 'HS256', jwk: publicJwk }, zeros],
    [{ alg: 'ES256', jwk: { ...publicJwk, x: publicJwk.y, y: publicJwk.x } }, zeros],
    [{ alg: 'ES256', jwk: publicJwk, crit: ['b64'], b64: false }, zeros],
    [null, zeros],
  ] as const) {
    const jwe = await sealedAround(`${part(header)}.${payload}.${signature}`);
    expect(await both({ jwe })).toEqual([
      { ok: false, error: 'bad-signature' },
      { ok: false, error: 'bad-signature' },
    ]);
  }
});

test('[M15] a manifest of an unknown shape is kept unread', async () => {
  const strange = await seal(
    { ...sampleApplication, kind: 'petition' } as never,
    vault,
    centre.publicJwk,
  ).catch(() => undefined);
  const sealed = strange ?? envelope;
  const [ours, core] = [
    await openEnvelope(sealed, centre.ourKeyFor),
    await open(sealed, centre.keyFor),
  ];
  expect(ours).toEqual(core);
  expect(ours).toMatchObject({ ok: true, value: { manifest: undefined } });
});

test('[M15] a point that is not on the curve opens nothing', async () => {
  const [head = '', ...rest] = envelope.jwe.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as { epk: JWK };
  const off = { ...header, epk: { ...header.epk, y: header.epk.x } };
  const [ours, core] = await both({ jwe: [part(off), ...rest].join('.') });
  expect(ours).toEqual(core);
  expect(ours).toEqual({ ok: false, error: 'cannot-decrypt' });
});
