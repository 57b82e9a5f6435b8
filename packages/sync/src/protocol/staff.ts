import {
  CaseEvent,
  CaseState,
  Filing,
  IdentityEvidence,
  PublicStatus,
  SealedMaterial,
} from '@tongban/core';
import Type, { type Static } from 'typebox';
import { closed } from './shape.ts';
import { PrivateNote, Reply } from './status.ts';

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
      'take-supplement',
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
