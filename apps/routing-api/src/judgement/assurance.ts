import {
  type Assurance,
  asDeclared,
  assuranceOf,
  type IdentityEvidence,
  openCredential,
  suffices,
  type TrustList,
} from '@tongban/core';
import type { Terminal } from '../terminal/proof.ts';

export interface Weighed {
  /** As sure as the centre itself can be of who applied. */
  readonly assurance: Assurance;
  /** A credential that does not hold was sent along. */
  readonly forged: boolean;
}

/**
 * Weighs identity evidence. A terminal's word counts only as far as the terminal is trusted: a credential is verified
 * here again, at the moment it was read; a reader or a clerk is believed at an enrolled kiosk or counter; a phone,
 * which anyone may be, proves nothing by itself.
 */
export async function weigh(
  evidence: readonly IdentityEvidence[],
  profile: Terminal['profile'] | undefined,
  trust: TrustList,
  receivedAt: Date,
): Promise<Weighed> {
  let assurance: Assurance = 'declared';
  let forged = false;
  for (const one of evidence) {
    const weighed = await weighOne(one, profile, trust, receivedAt);
    if (weighed === 'forged') forged = true;
    else if (suffices(weighed, assurance)) assurance = weighed;
  }
  return { assurance, forged };
}

async function weighOne(
  evidence: IdentityEvidence,
  profile: Terminal['profile'] | undefined,
  trust: TrustList,
  receivedAt: Date,
): Promise<Assurance | 'forged'> {
  if (evidence.credential !== undefined) {
    const readAt = new Date(Math.min(Date.parse(evidence.readAt), receivedAt.getTime()));
    const opened = await openCredential(evidence.credential, trust, { now: () => readAt });
    if (!opened.ok || opened.value.kind !== 'identity') return 'forged';
    const { attributes, assurance } = opened.value;
    const same = Object.entries(evidence.attributes).every(
      ([name, value]) => attributes[name] === value,
    );
    return same ? assuranceOf({ ...evidence, assurance, attributes }) : 'forged';
  }
  const trusted = profile === 'kiosk' || profile === 'counter';
  return assuranceOf(trusted ? evidence : asDeclared(evidence));
}
