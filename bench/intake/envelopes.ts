import { type Envelope, type KeyVault, seal, systemClock, systemRandom, uuid } from '@tongban/core';
import { sampleApplication } from '@tongban/core/testing';
import { makeProof, proofHeader } from '@tongban/sync/protocol';
import type { Kiosk } from '../routing/kiosk.ts';

/** A sealed application of about 4 KB as it travels, without files: what custody opens, checks and stores. */
export async function sealOne(kiosk: {
  readonly vault: KeyVault;
  readonly centreKey: Kiosk['centreKey'];
}): Promise<Envelope> {
  const { id } = await kiosk.vault.terminal();
  const { 'child.name': name, 'mother.residentId': number } = sampleApplication.answers;
  return seal(
    {
      ...sampleApplication,
      submissionId: uuid(systemRandom),
      terminal: id,
      answers: {
        'child.name': name,
        'mother.residentId': number,
      } as typeof sampleApplication.answers,
      materials: [],
      papers: [],
      evidence: sampleApplication.evidence.slice(0, 1),
    },
    kiosk.vault,
    kiosk.centreKey,
  );
}

/** A request made ready before the clock runs: what it costs a terminal is not the centre's. */
export interface Ready {
  readonly proof: string;
  readonly body: string;
  readonly envelopes: readonly Envelope[];
}

export const offers = '/api/v1/envelopes';

export async function makeReady(kiosk: Kiosk, envelopes: readonly Envelope[]): Promise<Ready> {
  const proof = await makeProof(
    { method: 'POST', url: offers },
    kiosk.vault,
    systemClock,
    systemRandom,
  );
  return { proof, body: JSON.stringify({ envelopes }), envelopes };
}

export const headersOf = ({ proof, body }: Ready) => ({
  [proofHeader]: proof,
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(body),
});
