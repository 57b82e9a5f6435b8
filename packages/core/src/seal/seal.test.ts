import { CompactEncrypt, importJWK, type JWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { base64url, sha256, utf8 } from '../encoding.ts';
import type { KeyVault } from '../ports/keyVault.ts';
import { type MemoryCentre, memoryCentre } from '../testing/centre.ts';
import { memoryVault } from '../testing/ports.ts';
import { sampleApplication } from '../testing/sampleApplication.ts';
import type { Envelope } from './envelope.ts';
import { canonicalBytes, open, seal, terminalIdOf } from './seal.ts';

let centre: MemoryCentre;
let vault: KeyVault;
let envelope: Envelope;
beforeAll(async () => {
  centre = await memoryCentre();
  vault = await memoryVault();
  envelope = await seal(sampleApplication, vault, centre.publicJwk);
});
const opened = (changed: Partial<Envelope> = {}) =>
  open({ ...envelope, ...changed }, centre.keyFor);

describe('a sealed envelope', () => {
  it('opens at the centre to what was sealed', async () => {
    const result = await opened();
    if (!result.ok) throw new Error(result.error);
    expect(result.value.manifest).toEqual(sampleApplication);
    expect(await terminalIdOf(result.value.terminalKey)).toBe(envelope.terminal);
    const hash = base64url(await sha256(canonicalBytes(sampleApplication)));
    expect(envelope.manifestHash).toBe(hash);
  });

  it('names every file that must come with it, and nothing of the person', () => {
    expect(envelope.files).toEqual([
      'B'.repeat(43),
      ...['0', '1', '2', '3', '4'].map((digit) => digit.repeat(43)),
    ]);
    const clear = JSON.stringify({ ...envelope, jwe: envelope.jwe.split('.')[0] });
    for (const value of ['丁小禾', '320199199403120027', 'newborn'])
      expect(clear).not.toContain(value);
  });

  it('is another one each time, with the same hash', async () => {
    const again = await seal(sampleApplication, vault, centre.publicJwk);
    expect(again.jwe).not.toBe(envelope.jwe);
    expect(again.manifestHash).toBe(envelope.manifestHash);
  });

  it('hides known content behind its nonce', async () => {
    const other = await seal(
      { ...sampleApplication, nonce: 'BAAAAAAAAAAAAAAAAAAAAA' },
      vault,
      centre.publicJwk,
    );
    expect(other.manifestHash).not.toBe(envelope.manifestHash);
  });

  it('opens with a key of the past, found by its name', async () => {
    const old = await memoryCentre('centre-0');
    const sealed = await seal(sampleApplication, vault, old.publicJwk);
    expect(await open(sealed, centre.keyFor)).toEqual({ ok: false, error: 'cannot-decrypt' });
    const both = async (kid: string | undefined) =>
      (await centre.keyFor(kid)) ?? (await old.keyFor(kid));
    expect((await open(sealed, both)).ok).toBe(true);
  });
});

describe('tampering', () => {
  it.each([0, 1, 2, 3, 4])('with part %i of the JWE is found', async (part) => {
    const parts = envelope.jwe.split('.');
    const text = parts[part] ?? '';
    // The middle: the last character of base64url may hold bits that count for nothing.
    const at = Math.floor(text.length / 2);
    parts[part] = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
    const jwe = parts.join('.');
    expect(await opened({ jwe })).toEqual({ ok: false, error: 'cannot-decrypt' });
  });

  it('with the hash or the terminal beside it is found', async () => {
    const manifestHash = 'A'.repeat(43);
    expect(await opened({ manifestHash })).toEqual({ ok: false, error: 'hash-mismatch' });
    const terminal = 'A'.repeat(43);
    expect(await opened({ terminal })).toEqual({ ok: false, error: 'wrong-terminal' });
  });

  it.each(['', 'x', 'a.b.c.d.e'])('nonsense is refused: %j', async (jwe) => {
    expect(await opened({ jwe })).toEqual({ ok: false, error: 'cannot-decrypt' });
  });

  it('with the signature inside is found, even by who can encrypt to the centre', async () => {
    const payload = base64url(canonicalBytes({ ...sampleApplication, channel: '1' }));
    const identity = await vault.terminal();
    const header = base64url(utf8(JSON.stringify({ alg: 'ES256', jwk: identity.publicJwk })));
    const forged = `${header}.${payload}.${base64url(new Uint8Array(64))}`;
    const jwe = await encrypt(forged, centre.publicJwk);
    expect(await opened({ jwe })).toEqual({ ok: false, error: 'bad-signature' });
    const none = `${base64url(utf8('{"alg":"none"}'))}.${payload}.`;
    const unsigned = await encrypt(none, centre.publicJwk);
    expect(await opened({ jwe: unsigned })).toEqual({ ok: false, error: 'bad-signature' });
  });

  it('keeps in custody what is signed but has a shape nobody knows', async () => {
    const strange = { ...sampleApplication, kind: 'petition' } as never;
    const sealed = await seal(
      { ...(strange as object), materials: [], papers: [] } as never,
      vault,
      centre.publicJwk,
    );
    const result = await open(sealed, centre.keyFor);
    expect(result).toMatchObject({ ok: true, value: { manifest: undefined } });
    expect(result.ok && result.value.json).toContain('petition');
  });
});

async function encrypt(jws: string, key: JWK): Promise<string> {
  return new CompactEncrypt(utf8(jws))
    .setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: key.kid ?? '' })
    .encrypt(await importJWK(key, 'ECDH-ES+A256KW'));
}

it('names a terminal by RFC 7638, whatever else its key says', async () => {
  const { id, publicJwk } = await vault.terminal();
  expect(await terminalIdOf(publicJwk)).toBe(id);
  expect(await terminalIdOf({ ...publicJwk, kid: 'x', use: 'sig', alg: 'ES256' })).toBe(id);
});
