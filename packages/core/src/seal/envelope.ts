import Type, { type Static } from 'typebox';

/** What travels: a JWE around a JWS around a canonical manifest. Nothing in clear tells about the person. */
export const Envelope = Type.Object(
  {
    protocol: Type.Literal(1),
    submissionId: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
    kind: Type.Union([
      Type.Literal('application'),
      Type.Literal('supplement'),
      Type.Literal('rating'),
    ]),
    /** Base64url SHA-256 of the canonical manifest; salted by its nonce. */
    manifestHash: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    terminal: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }),
    /** Addresses of the files that must be at the centre before the envelope is judged. */
    files: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' }), { maxItems: 200 }),
    /** JWE compact (RFC 7516), ECDH-ES+A256KW with A256GCM, to the centre's public key. */
    jwe: Type.String({ maxLength: 1_000_000 }),
  },
  { additionalProperties: false },
);
export type Envelope = Static<typeof Envelope>;
