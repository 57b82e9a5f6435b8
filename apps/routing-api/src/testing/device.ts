import {
  base64url,
  type Clock,
  type Envelope,
  type Manifest,
  seal,
  systemRandom,
} from '@tongban/core';
import { memoryVault } from '@tongban/core/testing';
import {
  type EnrolAnswer,
  type EnrolRequest,
  makeProof,
  proofHeader,
  type SubmitAnswer,
  type Verdict,
} from '@tongban/sync/protocol';
import type { JWK } from 'jose';

/** A terminal as the centre meets it: real keys, real proofs, sealed envelopes; its vault lives in memory. */
export async function makeDevice(origin: string, clock: Clock) {
  const vault = await memoryVault();
  const { id, publicJwk } = await vault.terminal();
  const issuingKey = await vault.issuingPublicKey();
  let enrolment: EnrolAnswer | undefined;

  const proof = (method: string, url: string) =>
    makeProof({ method, url }, vault, clock, systemRandom);

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
    const { kty, crv, x, y } = publicJwk;
    const answer = await ask('POST', '/api/v1/terminals', {
      jwk: { kty, crv, x, y },
      profile,
      ...(profile === 'phone' ? {} : { issuingKey: base64url(issuingKey) }),
      ...more,
    });
    if (!answer.ok) throw new Error(`not enrolled: ${await answer.text()}`);
    enrolment = (await answer.json()) as EnrolAnswer;
    const chain = enrolment.issuingChain.map(
      (der) => new Uint8Array(Buffer.from(der, 'base64url')),
    );
    if (chain.length > 0) await vault.keepIssuingCertificate({ chain });
    return enrolment;
  }

  /** What a sender does in one go: the files, then the envelope. */
  async function send(
    envelope: Envelope,
    files: ReadonlyMap<string, Uint8Array>,
  ): Promise<Verdict> {
    for (const [address, bytes] of files) {
      const put = await ask('PUT', `/api/v1/files/${address}`, bytes);
      if (!put.ok) throw new Error(`file not stored: ${await put.text()}`);
    }
    return offer(envelope);
  }

  async function offer(envelope: Envelope): Promise<Verdict> {
    const answer = await ask('POST', '/api/v1/envelopes', { envelopes: [envelope] });
    if (!answer.ok) throw new Error(`not offered: ${await answer.text()}`);
    const verdict = ((await answer.json()) as SubmitAnswer).verdicts[0];
    if (verdict === undefined) throw new Error('no verdict');
    return verdict;
  }

  const known = (): EnrolAnswer => {
    if (enrolment === undefined) throw new Error('enrol first');
    return enrolment;
  };

  return {
    id,
    publicJwk,
    vault,
    issuingKey,
    proof,
    ask,
    enrol,
    send,
    offer,
    sealed: (manifest: Manifest) => seal(manifest, vault, known().centreKey as JWK),
    enrolment: known,
  };
}
export type Device = Awaited<ReturnType<typeof makeDevice>>;
