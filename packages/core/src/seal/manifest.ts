import Type, { type Static } from 'typebox';
import { IdentityEvidence } from '../identity/evidence.ts';
import { languages } from '../text/language.ts';

const closed = { additionalProperties: false } as const;

/** A file as the centre finds it: by the address of its ciphertext, with the key to open it. */
export const SealedFile = Type.Object(
  {
    /** Base64url SHA-256 of the ciphertext. */
    address: Type.String(),
    /** Base64url AES-256-GCM key of this file alone. The nonce leads the ciphertext (12 bytes). */
    key: Type.String(),
    /** Base64url SHA-256 of the plain bytes. */
    digest: Type.String(),
    /** Media type, judged by content after opening, never by this claim. */
    type: Type.String(),
    /** Plain size in bytes. */
    size: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type SealedFile = Static<typeof SealedFile>;

/** Where an answer came from; shown beside it everywhere. */
export const AnswerSource = Type.Union([
  Type.Literal('typed'),
  Type.Literal('identity'),
  Type.Literal('material'),
  Type.Literal('derived'),
  Type.Literal('staff'),
]);
export type AnswerSource = Static<typeof AnswerSource>;

export const Answer = Type.Object({ value: Type.String(), source: AnswerSource }, closed);
export type Answer = Static<typeof Answer>;

export const SealedMaterial = Type.Object(
  {
    material: Type.String(),
    state: Type.Union([
      Type.Literal('provided'),
      Type.Literal('exempt'),
      Type.Literal('promised'),
      Type.Literal('missing'),
    ]),
    files: Type.Array(SealedFile),
    /** Attributes read from codes on the material. */
    readings: Type.Record(Type.String(), Type.String()),
  },
  closed,
);
export type SealedMaterial = Static<typeof SealedMaterial>;

export const SealedPaper = Type.Object(
  {
    item: Type.String(),
    paper: Type.String(),
    file: SealedFile,
    signatures: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type SealedPaper = Static<typeof SealedPaper>;

/** How the case was filed. Assisted and proxy filing carry both identities. */
export const Filing = Type.Union([
  Type.Object({ mode: Type.Literal('self') }, closed),
  Type.Object(
    {
      mode: Type.Literal('assisted'),
      staff: Type.String(),
      staffName: Type.String(),
      ticket: Type.Optional(Type.String()),
    },
    closed,
  ),
]);
export type Filing = Static<typeof Filing>;

export const Consent = Type.Object(
  {
    kind: Type.Union([Type.Literal('notice'), Type.Literal('separate')]),
    item: Type.String(),
    at: Type.String(),
  },
  closed,
);
export type Consent = Static<typeof Consent>;

const common = {
  protocol: Type.Literal(1),
  submissionId: Type.String(),
  /** 128 random bits, base64url, so that a hash of known data tells nothing. */
  nonce: Type.String(),
  catalogueVersion: Type.String(),
  appVersion: Type.String(),
  terminal: Type.String(),
  /** 1 digit in the case number: 1 counter, 2 portal, 3 phone, 9 kiosk. */
  channel: Type.String(),
  language: Type.Enum([...languages]),
  /** ISO 8601 instant by the terminal's clock. */
  sealedAt: Type.String(),
  filing: Filing,
};

/** What leaves a device for a new application. Canonical form: RFC 8785. */
export const ApplicationManifest = Type.Object(
  {
    ...common,
    kind: Type.Literal('application'),
    receiptNumber: Type.String(),
    /** Base64url SHA-256 of the receipt's 128-bit secret. */
    receiptSecretHash: Type.String(),
    bundle: Type.Optional(Type.String()),
    cases: Type.Array(Type.Object({ item: Type.String(), caseNumber: Type.String() }, closed), {
      minItems: 1,
    }),
    answers: Type.Record(Type.String(), Answer),
    materials: Type.Array(SealedMaterial),
    papers: Type.Array(SealedPaper),
    consents: Type.Array(Consent),
    evidence: Type.Array(IdentityEvidence),
  },
  closed,
);
export type ApplicationManifest = Static<typeof ApplicationManifest>;

/** Characters that an answer in words may have. */
export const longestReply = 500;

/** Answer to a supplement notice. */
export const SupplementManifest = Type.Object(
  {
    ...common,
    kind: Type.Literal('supplement'),
    caseNumber: Type.String(),
    receiptNumber: Type.String(),
    receiptSecretHash: Type.String(),
    materials: Type.Array(SealedMaterial),
    /** The applicant's own words, where the notice asked a question rather than for a material. */
    text: Type.Optional(Type.String({ minLength: 1, maxLength: longestReply })),
    evidence: Type.Array(IdentityEvidence),
  },
  closed,
);
export type SupplementManifest = Static<typeof SupplementManifest>;

/** A voluntary rating (好差评). `very-poor` … `very-good`; numbering differs between standards, so it is mapped at the edge. */
export const RatingManifest = Type.Object(
  {
    ...common,
    kind: Type.Literal('rating'),
    receiptNumber: Type.String(),
    receiptSecretHash: Type.String(),
    level: Type.Enum(['very-poor', 'poor', 'fair', 'good', 'very-good']),
    comment: Type.Optional(Type.String({ maxLength: 500 })),
  },
  closed,
);
export type RatingManifest = Static<typeof RatingManifest>;

export const Manifest = Type.Union([ApplicationManifest, SupplementManifest, RatingManifest]);
export type Manifest = Static<typeof Manifest>;
