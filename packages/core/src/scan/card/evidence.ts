import type { IdentityAttribute } from '../../identity/attributes.ts';
import type { EvidenceOf, FieldRead } from '../evidence.ts';

/** `validFrom` is printed beside `validUntil`; no evidence elsewhere has it. */
export type CardField = IdentityAttribute | 'validFrom';

/** What was read from one side of a resident card. Never more than `read`: print proves nothing. */
export type CardEvidence = EvidenceOf<'card-front' | 'card-back', 'resident-card', CardField>;

export type CardRead = FieldRead<CardField>;

/** One line of a card as it was recognised. */
export interface CardLine {
  readonly text: string;
  readonly confidence: number;
}
