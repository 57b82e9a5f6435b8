import Type, { type Static } from 'typebox';

/**
 * How surely the centre may rely on what was read.
 * `verified` only when a chip or a signature proved it; a right checksum makes a value `read`, never more.
 */
export const Assurance = Type.Union([
  Type.Literal('declared'),
  Type.Literal('read'),
  Type.Literal('verified'),
]);
export type Assurance = Static<typeof Assurance>;

/** What identified the person, attribute by attribute, and from where. */
export const IdentityEvidence = Type.Object(
  {
    source: Type.Union([
      Type.Literal('credential-code'),
      Type.Literal('card-reader'),
      Type.Literal('camera'),
      Type.Literal('typed'),
      Type.Literal('staff'),
    ]),
    assurance: Assurance,
    /** ISO 8601 instant of reading. */
    readAt: Type.String(),
    /** Issuer that signed it, for a credential. */
    issuer: Type.Optional(Type.String()),
    /** The credential itself (compact JWS, or SD-JWT), so that the centre verifies it again and need not believe a phone. */
    credential: Type.Optional(Type.String({ maxLength: 4_000 })),
    /** Device that read it, for a reader (its SAM id) or a simulator, named as one. */
    device: Type.Optional(Type.String()),
    /** `name`, `residentId`, `birthDate` (ISO), `sex` (GB/T 2261.1), `ethnicity` (GB/T 3304), `address`, `issuedBy`, `validUntil`; of a passport or permit `documentNumber` and `nationality` (ICAO 9303-3). */
    attributes: Type.Record(Type.String(), Type.String()),
  },
  { additionalProperties: false },
);
export type IdentityEvidence = Static<typeof IdentityEvidence>;
