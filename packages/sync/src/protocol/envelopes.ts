import { Envelope } from '@tongban/core';
import Type, { type Static } from 'typebox';
import { closed, hash } from './shape.ts';

/** `POST /api/v1/envelopes`. */
export const SubmitRequest = Type.Object(
  { envelopes: Type.Array(Envelope, { minItems: 1, maxItems: 50 }) },
  closed,
);
export type SubmitRequest = Static<typeof SubmitRequest>;

/** One verdict per row: one bad envelope never holds up another. */
export const Verdict = Type.Union([
  Type.Object({
    submissionId: Type.String(),
    verdict: Type.Literal('received'),
    /** True when it was here before: the first receipt stands. */
    duplicate: Type.Boolean(),
    /** Echo of the content hash on the receipt. */
    manifestHash: hash,
    receivedAt: Type.String(),
  }),
  Type.Object({
    submissionId: Type.String(),
    verdict: Type.Literal('incomplete'),
    /** Files to send first. */
    missing: Type.Array(hash),
  }),
  Type.Object({
    submissionId: Type.String(),
    verdict: Type.Literal('refused'),
    reason: Type.Enum([
      'cannot-decrypt',
      'bad-signature',
      'hash-mismatch',
      'wrong-terminal',
      'conflicting-submission',
      'protocol-too-old',
      'malformed',
    ]),
  }),
]);
export type Verdict = Static<typeof Verdict>;
export const SubmitAnswer = Type.Object({ epoch: Type.String(), verdicts: Type.Array(Verdict) });
export type SubmitAnswer = Static<typeof SubmitAnswer>;
