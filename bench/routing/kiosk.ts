import { base64url, fromBase64url, systemClock, systemRandom } from '@tongban/core';
import { memoryVault } from '@tongban/core/testing';
import { type EnrolAnswer, makeProof, proofHeader } from '@tongban/sync/protocol';
import type { JWK } from 'jose';

export type Kiosk = Awaited<ReturnType<typeof enrolKiosk>>;

/** A self-service terminal of one hall as the centre knows it: real keys, real proofs, the real HTTP interface. */
export async function enrolKiosk(origin: string) {
  const vault = await memoryVault();

  async function ask(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: { readonly json: unknown } | { readonly bytes: Uint8Array },
  ): Promise<Response> {
    const proof = await makeProof({ method, url: path }, vault, systemClock, systemRandom);
    const sent =
      body === undefined
        ? undefined
        : 'json' in body
          ? { type: 'application/json', content: JSON.stringify(body.json) }
          : {
              type: 'application/octet-stream',
              content: body.bytes as Uint8Array<ArrayBuffer>,
            };
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: {
        [proofHeader]: proof,
        ...(sent === undefined ? {} : { 'content-type': sent.type }),
      },
      ...(sent === undefined ? {} : { body: sent.content }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  const { publicJwk } = await vault.terminal();
  const issuingKey = base64url(await vault.issuingPublicKey());
  const jwk = { kty: publicJwk.kty, crv: publicJwk.crv, x: publicJwk.x, y: publicJwk.y };
  const enrolled = (await (
    await ask('POST', '/api/v1/terminals', {
      json: { jwk, profile: 'kiosk', hall: 'nanhu', issuingKey },
    })
  ).json()) as EnrolAnswer;
  await vault.keepIssuingCertificate({ chain: enrolled.issuingChain.map(fromBase64url) });
  return { vault, ask, centreKey: enrolled.centreKey as JWK };
}
