import { chinaDate } from '../case/chinaDate.ts';
import type { FieldFault } from '../form/fault.ts';
import { checkName } from '../form/name.ts';
import { parseResidentId } from '../form/residentId.ts';
import type { Clock } from '../ports/clock.ts';
import { err, ok, type Result } from '../result.ts';
import type { EvidenceOf } from '../scan/evidence.ts';
import { type IdentityAttribute, identityAttributes } from './attributes.ts';
import type { IdentityEvidence } from './evidence.ts';

/** A card or a machine-readable zone as `scan` gives it. */
export type SeenDocument = EvidenceOf<string, string, string>;

/** What nothing in a document checks and the person sees, corrects and stands for. */
export const confirmedAttributes = ['name', 'residentId', 'address'] as const;
export type ConfirmedAttribute = (typeof confirmedAttributes)[number];
export type Confirmed = Readonly<Partial<Record<ConfirmedAttribute, string>>>;

export interface ConfirmFault {
  readonly attribute: ConfirmedAttribute;
  readonly fault: FieldFault;
}

/** Why a document says nothing of who somebody is, or not surely enough. */
export type DocumentRefusal = 'wrong-side' | 'visa' | 'expired' | 'unsure';

/** A visa has another number than the passport it lies in, and a card's back none at all. */
export function refusalOf(seen: SeenDocument, now: Date): DocumentRefusal | undefined {
  if (seen.source === 'card-back') return 'wrong-side';
  if (seen.kind.startsWith('mrv')) return 'visa';
  if (seen.assurance === 'declared') return 'unsure';
  const until = seen.fields.find(({ name }) => name === 'validUntil')?.value;
  return until !== undefined && until < chinaDate(now) ? 'expired' : undefined;
}

/** What of a document is evidence about a person, as it was read. */
export function attributesOf({ fields }: SeenDocument): IdentityEvidence['attributes'] {
  const known = new Set<string>(identityAttributes);
  return Object.fromEntries(
    fields.filter(({ name }) => known.has(name)).map(({ name, value }) => [name, value]),
  );
}

/**
 * A document that a camera saw, as evidence, after the person looked at what was read: `confirmed` has what they left or
 * made of it. What they changed is theirs and not the
 * document's: all of it is then `typed`.
 */
export function photographedIdentity(
  seen: SeenDocument,
  confirmed: Confirmed,
  clock: Clock,
): Result<IdentityEvidence, ConfirmFault> {
  const now = clock.now();
  const read = attributesOf(seen);
  const attributes: Partial<Record<IdentityAttribute, string>> = { ...read };
  const name = checkName(confirmed.name ?? '');
  if (!name.ok) return err({ attribute: 'name', fault: name.error });
  attributes.name = name.value;
  if (read.residentId !== undefined) {
    const number = parseResidentId(confirmed.residentId ?? '', now);
    if (!number.ok) return err({ attribute: 'residentId', fault: number.error });
    const { number: residentId, birthDate, sex } = number.value;
    Object.assign(attributes, { residentId, birthDate, sex });
  }
  const address = confirmed.address?.trim() ?? '';
  if (address === '') delete attributes.address;
  else attributes.address = address;
  const own = confirmedAttributes.some((attribute) => attributes[attribute] !== read[attribute]);
  return ok({
    source: own ? 'typed' : 'camera',
    assurance: own ? 'declared' : seen.assurance,
    readAt: now.toISOString(),
    attributes: attributes as IdentityEvidence['attributes'],
  });
}
