import { Envelope } from '@tongban/core';
import Type, { type Static } from 'typebox';
import { closed, hash } from './shape.ts';

/** `POST /api/v1/envelopes`. */
export const SubmitRequest = Type.Object(
  { envelopes: Type.Array(Envelope, { minItems: 1, maxItems: 50 }) },
  closed,
);
export type SubmitRequest = Static<typeof SubmitRequest>;

/** Why the centre does not take an envelope. */
export const refusalReasons = [
  'cannot-decrypt',
  'bad-signature',
  'hash-mismatch',
  'wrong-terminal',
  'conflicting-submission',
  'protocol-too-old',
  'malformed',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

const received = Type.Object({
  submissionId: Type.String(),
  verdict: Type.Literal('received'),
  /** True when it was here before: the first receipt stands. */
  duplicate: Type.Boolean(),
  /** Echo of the content hash on the receipt. */
  manifestHash: hash,
  receivedAt: Type.String(),
});

const incomplete = Type.Object({
  submissionId: Type.String(),
  verdict: Type.Literal('incomplete'),
  /** Files to send first. */
  missing: Type.Array(hash),
});

/** One verdict per row: one bad envelope never holds up another. */
export const Verdict = Type.Union([
  received,
  incomplete,
  Type.Object({
    submissionId: Type.String(),
    verdict: Type.Literal('refused'),
    reason: Type.Enum([...refusalReasons]),
  }),
]);
export type Verdict = Static<typeof Verdict>;
export const SubmitAnswer = Type.Object({ epoch: Type.String(), verdicts: Type.Array(Verdict) });
export type SubmitAnswer = Static<typeof SubmitAnswer>;

/**
 * The same answer as a terminal hears it: a newer centre may have verdicts and reasons that this terminal has no word
 * for, and one such row must not make the others unheard.
 */
export const HeardAnswer = Type.Object({
  epoch: Type.String(),
  verdicts: Type.Array(Type.Object({ submissionId: Type.String(), verdict: Type.String() })),
});
export type HeardAnswer = Static<typeof HeardAnswer>;

export const HeardVerdict = Type.Union([
  received,
  incomplete,
  Type.Object({
    submissionId: Type.String(),
    verdict: Type.Literal('refused'),
    reason: Type.String(),
  }),
]);
export type HeardVerdict = Static<typeof HeardVerdict>;

/** So many envelopes may be asked about at a time. */
export const knownAtMost = 500;

/** `POST /api/v1/envelopes/known`: what a terminal holds an echo of, asked when the centre lives a new life. */
export const KnownRequest = Type.Object(
  {
    held: Type.Array(
      Type.Object({ submissionId: Type.String({ maxLength: 100 }), manifestHash: hash }, closed),
      { minItems: 1, maxItems: knownAtMost },
    ),
  },
  closed,
);
export type KnownRequest = Static<typeof KnownRequest>;

export const KnownAnswer = Type.Object({
  epoch: Type.String(),
  rows: Type.Array(
    Type.Object({
      submissionId: Type.String(),
      /** `conflict`: the centre has another content under this submission id. */
      state: Type.Enum(['received', 'unknown', 'conflict']),
      receivedAt: Type.Optional(Type.String()),
    }),
  ),
});
export type KnownAnswer = Static<typeof KnownAnswer>;
