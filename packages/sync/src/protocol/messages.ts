import {
  CaseEvent,
  CaseState,
  Envelope,
  Filing,
  IdentityEvidence,
  PublicStatus,
  SealedMaterial,
} from '@tongban/core';
import Type, { type Static } from 'typebox';

/** Version of the wire protocol. An older terminal is told, never broken. */
export const protocolVersion = 1;

const closed = { additionalProperties: false } as const;
const hash = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

/** `GET /api/v1/probe?nonce=…`: only the centre can echo the nonce; a captive portal cannot. */
export const ProbeAnswer = Type.Object({
  centre: Type.Literal('tongban'),
  nonce: Type.String(),
  /** ISO 8601 instant. */
  time: Type.String(),
  /** Changes when the centre was restored from a backup: offer again what you hold. */
  epoch: Type.String(),
  protocol: Type.Integer(),
  catalogueVersion: Type.String(),
  demonstration: Type.Boolean(),
});
export type ProbeAnswer = Static<typeof ProbeAnswer>;

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
});
export type EnrolAnswer = Static<typeof EnrolAnswer>;

/** `PUT /api/v1/files/{address}` (body: ciphertext) answers this; idempotent. */
export const FileAnswer = Type.Object({ address: hash, size: Type.Integer() });
export type FileAnswer = Static<typeof FileAnswer>;

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

/** What the server owns and terminals pull. `status:*` is the terminal's own group. */
export const Scope = Type.Enum(['catalogue', 'status', 'settings']);
export type Scope = Static<typeof Scope>;

/** A checkpoint is a dense counter per scope, taken last in the transaction that wrote the rows. */
export const Checkpoint = Type.Object(
  { epoch: Type.String(), seq: Type.Integer({ minimum: 0 }) },
  closed,
);
export type Checkpoint = Static<typeof Checkpoint>;

/** `GET /api/v1/changes/{scope}?epoch=&seq=&limit=`; a row deleted at the centre has `deleted: true`. */
export const ChangesAnswer = Type.Object({
  rows: Type.Array(
    Type.Object({
      id: Type.String(),
      seq: Type.Integer(),
      deleted: Type.Boolean(),
      body: Type.Unknown(),
    }),
  ),
  checkpoint: Checkpoint,
  /** False when more rows are waiting. */
  complete: Type.Boolean(),
});
export type ChangesAnswer = Static<typeof ChangesAnswer>;

/** `GET /api/v1/stream`: newline-delimited JSON, one of these a line; `beat` every 15 s. */
export const StreamLine = Type.Union([
  Type.Object({ kind: Type.Literal('hello'), epoch: Type.String() }),
  Type.Object({ kind: Type.Literal('beat') }),
  Type.Object({ kind: Type.Literal('changed'), scope: Scope, seq: Type.Integer() }),
]);
export type StreamLine = Static<typeof StreamLine>;

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

/** `PUT /api/v1/handovers/{locator}`: ciphertext of a draft, fifteen minutes, one use. */
export const HandoverState = Type.Object({
  state: Type.Enum(['waiting', 'taken', 'expired', 'reclaimed']),
  expiresAt: Type.String(),
});
export type HandoverState = Static<typeof HandoverState>;

// `GET /api/v1/catalogue` answers the catalogue in force (core: Catalogue) to the staff pages; nothing in it is personal.

/** `POST /api/v1/session`, demonstration accounts; `GET` answers who, `DELETE` ends it. The cookie is HttpOnly. */
export const SignInRequest = Type.Object(
  { account: Type.String(), password: Type.String() },
  closed,
);
export const Who = Type.Object({
  account: Type.String(),
  name: Type.String(),
  role: Type.Enum(['citizen', 'counter', 'desk', 'supervisor']),
  department: Type.Optional(Type.String()),
  window: Type.Optional(Type.String()),
});
export type Who = Static<typeof Who>;

/** A row of a desk's or counter's list. The name is masked where the role does not need it. */
export const CaseRow = Type.Object({
  caseNumber: Type.String(),
  receiptNumber: Type.String(),
  item: Type.String(),
  bundle: Type.Optional(Type.String()),
  applicant: Type.String(),
  state: CaseState,
  department: Type.String(),
  due: Type.Optional(Type.String()),
  /** Working days left; negative when overdue. */
  daysLeft: Type.Optional(Type.Integer()),
  gap: Type.Boolean(),
  receivedAt: Type.String(),
  updatedAt: Type.String(),
  /** Why a counter must look at it, if it must. */
  correction: Type.Optional(Type.String()),
  ticket: Type.Optional(Type.String()),
});
export type CaseRow = Static<typeof CaseRow>;

/**
 * `GET /api/v1/cases` for staff, what is open first, then what was concluded today.
 * `POST /api/v1/cases/search` answers the same: a name or number never stands in a URL.
 */
export const CasesAnswer = Type.Object({
  rows: Type.Array(CaseRow),
  /** ISO 8601 instant by the centre's clock: the list is as it was then. */
  asOf: Type.String(),
});
export type CasesAnswer = Static<typeof CasesAnswer>;

/** Beginning of a case or receipt number, of a name, or a ticket. */
export const SearchRequest = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: 60 }) },
  closed,
);
export type SearchRequest = Static<typeof SearchRequest>;

/** One line of the audit log that is about this case: who did what. `actor` is a person's account and name, a terminal or `centre`. */
export const TrailLine = Type.Object({
  at: Type.String(),
  event: Type.String(),
  actor: Type.String(),
});
export type TrailLine = Static<typeof TrailLine>;

/** Comparison with a department's register; a simulated register says so in `source`. */
export const RegisterFinding = Type.Object({
  field: Type.String(),
  form: Type.String(),
  register: Type.String(),
  same: Type.Boolean(),
  source: Type.String(),
});
export type RegisterFinding = Static<typeof RegisterFinding>;

/** `GET /api/v1/cases/{caseNumber}` for staff: only the fields, materials and papers its item names. */
export const CaseDetail = Type.Object({
  row: CaseRow,
  status: PublicStatus,
  /** Cases of the same submission that this role may know of: item, state and department only. */
  siblings: Type.Array(
    Type.Object({
      caseNumber: Type.String(),
      item: Type.String(),
      department: Type.String(),
      state: CaseState,
    }),
  ),
  answers: Type.Array(
    Type.Object({
      field: Type.String(),
      value: Type.String(),
      source: Type.String(),
      masked: Type.Boolean(),
    }),
  ),
  evidence: Type.Array(IdentityEvidence),
  filing: Filing,
  materials: Type.Array(
    Type.Object({
      material: Type.String(),
      state: SealedMaterial.properties.state,
      files: Type.Array(
        Type.Object({ address: Type.String(), type: Type.String(), size: Type.Integer() }),
      ),
      until: Type.Optional(Type.String()),
    }),
  ),
  papers: Type.Array(
    Type.Object({
      paper: Type.String(),
      address: Type.String(),
      holds: Type.Boolean(),
      reasons: Type.Array(Type.String()),
    }),
  ),
  register: Type.Array(RegisterFinding),
  /** Faults of the submission that a counter still has to settle; `about` names a material, paper, field or item. */
  corrections: Type.Optional(
    Type.Array(Type.Object({ fault: Type.String(), about: Type.String() })),
  ),
  notes: Type.Array(PrivateNote),
  /** Oldest first; left out where there are none. */
  replies: Type.Optional(Type.Array(Reply)),
  events: Type.Array(CaseEvent),
  /** Oldest first; for an assisted filing it names staff and applicant both. */
  trail: Type.Optional(Type.Array(TrailLine)),
  /** What this role may do now; each is an `action` of {@link ActionRequest}. */
  actions: Type.Array(Type.String()),
});
export type CaseDetail = Static<typeof CaseDetail>;

/** `POST /api/v1/cases/{caseNumber}/actions`, with an `Idempotency-Key` header. */
export const ActionRequest = Type.Object(
  {
    action: Type.Enum([
      'accept',
      'accept-with-gap',
      'request-supplement',
      'refuse',
      'confirm-identity',
      'grant',
      'deny',
      'begin-special-procedure',
      'end-special-procedure',
      'resolve-correction',
    ]),
    /** Ids from the catalogue's reasons. */
    reasons: Type.Array(Type.String(), { maxItems: 20 }),
    materials: Type.Array(Type.String(), { maxItems: 50 }),
    /** Free text for the applicant; the private half. */
    text: Type.String({ maxLength: 2000 }),
    /** For `confirm-identity`: what the person showed at the counter. */
    shown: Type.Optional(
      Type.Enum(['resident-card', 'temporary-card', 'passport', 'household-register', 'permit']),
    ),
    /** State the staff saw; the action is refused when the case has moved on. */
    seen: CaseState,
  },
  closed,
);
export type ActionRequest = Static<typeof ActionRequest>;

/** RFC 9457. `type` is `/problems/<code>`; `code` is repeated for programs. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.Optional(Type.String()),
  /** Correlation id, to be told to whoever helps. */
  correlation: Type.String(),
});
export type Problem = Static<typeof Problem>;
