import type { Assurance, IdentityEvidence } from './evidence.ts';

const order: readonly Assurance[] = ['declared', 'read', 'verified'];

/** Whether `have` is at least as sure as `need`. */
export function suffices(have: Assurance, need: Assurance): boolean {
  return order.indexOf(have) >= order.indexOf(need);
}

/** The stricter of two. */
export function stricter(one: Assurance, other: Assurance): Assurance {
  return suffices(one, other) ? one : other;
}

/** The most that a source can prove, whatever evidence says of itself. */
const most: Readonly<Record<IdentityEvidence['source'], Assurance>> = {
  'credential-code': 'verified',
  'card-reader': 'verified',
  staff: 'read',
  camera: 'read',
  typed: 'declared',
};

/**
 * How surely evidence says whose application this is. A passport has another number than the resident's, by which forms
 * and registers know a person: whoever types that one beside it has only declared it.
 */
export function assuranceOf({
  source,
  assurance,
  attributes,
}: Pick<IdentityEvidence, 'source' | 'assurance' | 'attributes'>): Assurance {
  if (attributes.residentId === undefined) return 'declared';
  return suffices(assurance, most[source]) ? most[source] : assurance;
}

/**
 * Evidence as the word of a device that anyone may hold, a phone: declared, whatever its reader or camera says. A
 * credential speaks for itself, since the centre verifies it again.
 */
export function asDeclared(evidence: IdentityEvidence): IdentityEvidence {
  return evidence.credential === undefined ? { ...evidence, assurance: 'declared' } : evidence;
}

/** Whether two pieces of evidence are of one person: by the same number of the same kind of document. */
export function isSamePerson(
  { attributes: one }: Pick<IdentityEvidence, 'attributes'>,
  { attributes: other }: Pick<IdentityEvidence, 'attributes'>,
): boolean {
  return (
    one.residentId === other.residentId &&
    (one.residentId !== undefined ||
      (one.documentNumber === other.documentNumber && one.nationality === other.nationality))
  );
}
