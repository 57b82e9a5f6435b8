import { PublicStatus } from '@tongban/core';
import Type, { type Static } from 'typebox';
import { closed, hash } from './shape.ts';

/** `POST /api/v1/status` (never GET: the secret stays out of URLs and logs). */
export const StatusRequest = Type.Object(
  {
    receiptNumber: Type.String(),
    secret: Type.String(),
    /** Opens the private half. */ residentId: Type.Optional(Type.String()),
  },
  closed,
);
export type StatusRequest = Static<typeof StatusRequest>;

/** The private half of a supplement notice or decision: free text, fetched online only. */
export const PrivateNote = Type.Object({
  caseNumber: Type.String(),
  at: Type.String(),
  text: Type.String(),
  /** Materials named by it. */
  materials: Type.Array(Type.String()),
});
export type PrivateNote = Static<typeof PrivateNote>;

/** What the applicant said to a notice, in their own words. */
export const Reply = Type.Object({ at: Type.String(), text: Type.String() });
export type Reply = Static<typeof Reply>;

export const StatusAnswer = Type.Object({
  receiptNumber: Type.String(),
  /** Echo of the content hash. */
  manifestHash: hash,
  receivedAt: Type.String(),
  cases: Type.Array(PublicStatus),
  /** Present only with the right ID number or a signed-in citizen. */
  notes: Type.Optional(Type.Array(PrivateNote)),
});
export type StatusAnswer = Static<typeof StatusAnswer>;
