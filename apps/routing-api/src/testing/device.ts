import {
  base64url,
  type Clock,
  type Envelope,
  type FileAddress,
  type Manifest,
  type Random,
  seal,
  sealFile,
  systemRandom,
  type TerminalId,
  terminalIdOf,
} from '@tongban/core';
import {
  type EnrolAnswer,
  type EnrolRequest,
  makeProof,
  proofHeader,
  type SubmitAnswer,
  type Verdict,
} from '@tongban/sync/protocol';
import type { JWK } from 'jose';

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A terminal as the centre meets it: a key, proofs, sealed envelopes. The key lives in memory. */
export async function makeDevice(origin: string, clock: Clock, random: Random = systemRandom) {
  const pair = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const issuing = await crypto.subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const publicJwk = { kty, crv, x, y } as JWK;
  const id = (await terminalIdOf(publicJwk)) as TerminalId;
  const signWith = (key: CryptoKey) => async (bytes: Uint8Array) =>
    new Uint8Array(
      await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        key,
        bytes as Uint8Array<ArrayBuffer>,
      ),
    );
  const vault = {
    terminal: async () => ({ id, publicJwk: publicJwk as JsonWebKey }),
    sign: signWith(pair.privateKey),
  };
  let enrolment: EnrolAnswer | undefined;

  const proof = (method: string, url: string) => makeProof({ method, url }, vault, clock, random);

  async function ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const bytes = body instanceof Uint8Array;
    return fetch(`${origin}${path}`, {
      method,
      headers: {
        [proofHeader]: await proof(method, path),
        ...(body === undefined
          ? {}
          : { 'content-type': bytes ? 'application/octet-stream' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: bytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) }),
    });
  }

  async function enrol(
    profile: EnrolRequest['profile'],
    more: Partial<EnrolRequest> = {},
  ): Promise<EnrolAnswer> {
    const issuingKey = base64url(
      new Uint8Array(await crypto.subtle.exportKey('spki', issuing.publicKey)),
    );
    const answer = await ask('POST', '/api/v1/terminals', {
      jwk: publicJwk,
      profile,
      ...(profile === 'phone' ? {} : { issuingKey }),
      ...more,
    });
    if (!answer.ok) throw new Error(`not enrolled: ${await answer.text()}`);
    enrolment = (await answer.json()) as EnrolAnswer;
    return enrolment;
  }

  /** Seals, stores the files, offers the envelope: what a sender does in one go. */
  async function send(
    manifest: Manifest,
    files: ReadonlyMap<string, Uint8Array>,
  ): Promise<Verdict> {
    for (const [address, bytes] of files) {
      const put = await ask('PUT', `/api/v1/files/${address}`, bytes);
      if (!put.ok) throw new Error(`file not stored: ${await put.text()}`);
    }
    return offer(await sealed(manifest));
  }

  async function offer(envelope: Envelope): Promise<Verdict> {
    const answer = await ask('POST', '/api/v1/envelopes', { envelopes: [envelope] });
    if (!answer.ok) throw new Error(`not offered: ${await answer.text()}`);
    const verdict = ((await answer.json()) as SubmitAnswer).verdicts[0];
    if (verdict === undefined) throw new Error('no verdict');
    return verdict;
  }

  function sealed(manifest: Manifest): Promise<Envelope> {
    if (enrolment === undefined) throw new Error('enrol first');
    return seal(manifest, vault, enrolment.centreKey as JWK);
  }

  return {
    id,
    publicJwk,
    vault,
    issuing,
    proof,
    ask,
    enrol,
    send,
    offer,
    sealed,
    sealFile: (bytes: Uint8Array, type: string) => sealFile(bytes, type, random),
    enrolment: () => {
      if (enrolment === undefined) throw new Error('enrol first');
      return enrolment;
    },
    signIssuing: signWith(issuing.privateKey),
  };
}
export type Device = Awaited<ReturnType<typeof makeDevice>>;
export type { FileAddress };
