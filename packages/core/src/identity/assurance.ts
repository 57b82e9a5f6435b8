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

/**
 * How surely evidence says whose application this is. A passport has another number than the resident's, by which forms
 * and registers know a person: whoever types that one beside it has only declared it.
 */
export function assuranceOf({
  assurance,
  attributes,
}: Pick<IdentityEvidence, 'assurance' | 'attributes'>): Assurance {
  return attributes.residentId === undefined ? 'declared' : assurance;
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
