import Type, { type Static } from 'typebox';
import { closed, hash } from './shape.ts';

/** `POST /api/v1/terminals`. */
export const EnrolRequest = Type.Object(
  {
    jwk: Type.Object(
      { kty: Type.Literal('EC'), crv: Type.Literal('P-256'), x: Type.String(), y: Type.String() },
      closed,
    ),
    profile: Type.Enum(['kiosk', 'counter', 'phone']),
    hall: Type.Optional(Type.String()),
    /** SPKI (DER, base64url) of the key that shall issue one-act citizen certificates; kiosk and counter only. */
    issuingKey: Type.Optional(Type.String({ maxLength: 400 })),
    /** One-use code that production asks kiosks and counters for. */
    code: Type.Optional(Type.String({ maxLength: 64 })),
  },
  closed,
);
export type EnrolRequest = Static<typeof EnrolRequest>;

export const EnrolAnswer = Type.Object({
  terminal: hash,
  name: Type.String(),
  /** Human name of the hall, zh-CN. */
  hall: Type.String(),
  /** The centre's public encryption key (JWK, `kid` set). */
  centreKey: Type.Record(Type.String(), Type.Unknown()),
  /** DER, base64url, leaf issuer first, root last; empty for a phone. */
  issuingChain: Type.Array(Type.String()),
  /** Public key (JWK) that staff grants are verified with; a centre of an earlier day sends none. */
  grantKey: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  /** The terminal's own certificate with what is above it, as the chain; a centre of an earlier day sends none. */
  certificate: Type.Optional(Type.Array(Type.String())),
});
export type EnrolAnswer = Static<typeof EnrolAnswer>;
