import { createHash, type KeyObject } from 'node:crypto';
import {
  type Envelope,
  err,
  Manifest,
  type Opened,
  type OpenFailure,
  ok,
  type Result,
} from '@tongban/core';
import { Compile } from 'typebox/compile';
import { decryptCompact } from '../keys/compactJwe.ts';
import { verifyCompact } from '../keys/compactJws.ts';

const manifests = Compile(Manifest);

/**
 * Opens an envelope as the core's `open` does, with the same answers, on Node's own cryptography and a compiled check:
 * a browser may use neither, and the centre opens each envelope twice.
 */
export async function openEnvelope(
  envelope: Envelope,
  keyFor: (kid: string | undefined) => Promise<KeyObject | undefined>,
): Promise<Result<Opened, OpenFailure>> {
  const jws = await decryptCompact(envelope.jwe, keyFor);
  if (jws === undefined) return err('cannot-decrypt');
  const verified = verifyCompact(jws.toString('utf8'));
  if (verified === undefined) return err('bad-signature');
  const { payload, jwk, thumbprint } = verified;
  const hash = createHash('sha256').update(payload).digest('base64url');
  if (hash !== envelope.manifestHash) return err('hash-mismatch');
  if (thumbprint !== envelope.terminal) return err('wrong-terminal');
  const json = payload.toString('utf8');
  return ok({ json, manifest: parse(json), terminalKey: jwk });
}

function parse(json: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return manifests.Check(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
