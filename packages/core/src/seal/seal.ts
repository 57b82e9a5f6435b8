import canonicalize from 'canonicalize';
import { CompactEncrypt, compactDecrypt, compactVerify, importJWK, type JWK } from 'jose';
import Value from 'typebox/value';
import { base64url, sha256, utf8 } from '../encoding.ts';
import type { TerminalId } from '../ids.ts';
import type { KeyVault } from '../ports/keyVault.ts';
import { err, ok, type Result } from '../result.ts';
import type { Envelope } from './envelope.ts';
import { Manifest } from './manifest.ts';

/**
 * Seals a manifest: canonical form (RFC 8785), signed by the terminal (JWS, ES256),
 * encrypted to the centre (JWE, ECDH-ES+A256KW with A256GCM).
 * After this step only the centre can read it, the terminal no longer can.
 */
export async function seal(
  manifest: Manifest,
  vault: Pick<KeyVault, 'terminal' | 'sign'>,
  centreKey: JWK,
): Promise<Envelope> {
  const payload = canonicalBytes(manifest);
  const terminal = await vault.terminal();
  const header = {
    alg: 'ES256',
    typ: 'tongban-manifest',
    kid: terminal.id,
    jwk: terminal.publicJwk,
  };
  const signingInput = `${base64url(utf8(JSON.stringify(header)))}.${base64url(payload)}`;
  const signature = await vault.sign(utf8(signingInput));
  const jws = `${signingInput}.${base64url(signature)}`;
  const jwe = await new CompactEncrypt(utf8(jws))
    .setProtectedHeader({
      alg: 'ECDH-ES+A256KW',
      enc: 'A256GCM',
      cty: 'JWS',
      ...(centreKey.kid === undefined ? {} : { kid: centreKey.kid }),
    })
    .encrypt(await importJWK(centreKey, 'ECDH-ES+A256KW'));
  return {
    protocol: 1,
    submissionId: manifest.submissionId,
    kind: manifest.kind,
    manifestHash: base64url(await sha256(payload)),
    terminal: terminal.id,
    files: filesOf(manifest).map((file) => file.address),
    jwe,
  };
}

/** Why an envelope could not be taken into custody. */
export type OpenFailure = 'cannot-decrypt' | 'bad-signature' | 'hash-mismatch' | 'wrong-terminal';

/** What was found inside. `manifest` is undefined when its shape is not one we know: custody still holds `json`. */
export interface Opened {
  readonly json: string;
  readonly manifest: Manifest | undefined;
  readonly terminalKey: JWK;
}

/** Opens an envelope with the centre's private keys: `keyFor` finds one by `kid`, old ones included. */
export async function open(
  envelope: Envelope,
  keyFor: (kid: string | undefined) => Promise<CryptoKey | undefined>,
): Promise<Result<Opened, OpenFailure>> {
  let jws: Uint8Array;
  try {
    const opened = await compactDecrypt(envelope.jwe, async (header) => {
      const key = await keyFor(header.kid);
      if (key === undefined) throw new Error('unknown key');
      return key;
    });
    jws = opened.plaintext;
  } catch {
    return err('cannot-decrypt');
  }
  let payload: Uint8Array;
  let terminalKey: JWK;
  try {
    const verified = await compactVerify(
      jws,
      (header) => {
        if (header.jwk === undefined) throw new Error('no key in header');
        return importJWK(header.jwk, 'ES256');
      },
      { algorithms: ['ES256'] },
    );
    payload = verified.payload;
    terminalKey = verified.protectedHeader.jwk as JWK;
  } catch {
    return err('bad-signature');
  }
  if (base64url(await sha256(payload)) !== envelope.manifestHash) return err('hash-mismatch');
  if ((await terminalIdOf(terminalKey)) !== envelope.terminal) return err('wrong-terminal');
  const json = new TextDecoder().decode(payload);
  return ok({ json, manifest: parseManifest(json), terminalKey });
}

/** RFC 7638 thumbprint of an EC P-256 public key, base64url SHA-256. */
export async function terminalIdOf(jwk: JWK): Promise<TerminalId> {
  const members = JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y });
  return base64url(await sha256(utf8(members))) as TerminalId;
}

/** The bytes a manifest is hashed and signed over (RFC 8785). */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return utf8(text);
}

function parseManifest(json: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Value.Check(Manifest, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function filesOf(manifest: Manifest) {
  if (manifest.kind === 'rating') return [];
  const materials = manifest.materials.flatMap((material) => material.files);
  return manifest.kind === 'supplement'
    ? materials
    : [...materials, ...manifest.papers.map((paper) => paper.file)];
}
