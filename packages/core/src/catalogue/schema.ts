import Type, { type Static } from 'typebox';
import { LocalText } from '../text/locale.ts';
import type { Condition } from './condition.ts';

const closed = { additionalProperties: false } as const;
const id = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60 });
const fieldId = Type.String({
  pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$',
  maxLength: 60,
});
const comparison = { field: Type.String() };
const parts = Type.Array(Type.Ref('Condition'), { minItems: 1 });
const condition = Type.Unsafe<Condition>(
  Type.Cyclic(
    {
      Condition: Type.Union([
        Type.Object({ ...comparison, equals: Type.String() }, closed),
        Type.Object({ ...comparison, in: Type.Array(Type.String(), { minItems: 1 }) }, closed),
        Type.Object({ ...comparison, startsWith: Type.String({ minLength: 1 }) }, closed),
        Type.Object({ all: parts }, closed),
        Type.Object({ any: parts }, closed),
        Type.Object({ not: Type.Ref('Condition') }, closed),
      ]),
    },
    'Condition',
  ),
);

/** How an answer is typed, checked and drawn. The kind decides the control and the check. */
export const FieldKind = Type.Enum([
  'name',
  'text',
  'resident-id',
  'uscc',
  'date',
  'choice',
  'region',
  'address',
  'mobile',
  'bank-card',
  'money',
  'yes-no',
]);

/** One entry of the data dictionary. A field belongs to it once, whatever items ask for it. */
export const DictionaryField = Type.Object(
  {
    id: fieldId,
    label: LocalText,
    kind: FieldKind,
    /** Data grade, 1 (open) to 4 (sensitive personal data). 3 and 4 are masked unless an item's `whole` names the field. */
    grade: Type.Integer({ minimum: 1, maximum: 4 }),
    purpose: LocalText,
    /** Whole years kept after the case is archived. */
    retentionYears: Type.Integer({ minimum: 0, maximum: 100 }),
    /** In characters (code points), never UTF-16 units. */
    maxLength: Type.Integer({ minimum: 1, maximum: 500 }),
    choices: Type.Optional(
      Type.Array(Type.Object({ value: Type.String(), label: LocalText }, closed), { minItems: 2 }),
    ),
    /** Identity attribute that prefills it, e.g. `name`, `residentId`, `birthDate`, `sex`, `address`. */
    from: Type.Optional(Type.String()),
    /** When `from` applies, over identity attributes: a mother's fields take `name` when `sex` is 2. */
    fromWhen: Type.Optional(condition),
    /** Field whose value it takes for as long as nobody typed one (source `derived`). */
    sameAs: Type.Optional(fieldId),
    /** Standard that the values follow, e.g. `GB 11643`. */
    standard: Type.Optional(Type.String()),
  },
  closed,
);
export type DictionaryField = Static<typeof DictionaryField>;

/** One screen that asks. */
export const Question = Type.Object(
  {
    id,
    title: LocalText,
    help: Type.Optional(LocalText),
    when: Type.Optional(condition),
    fields: Type.Array(
      Type.Object(
        { field: fieldId, required: Type.Boolean(), when: Type.Optional(condition) },
        closed,
      ),
      { minItems: 1 },
    ),
  },
  closed,
);
export type Question = Static<typeof Question>;

export const Material = Type.Object(
  {
    id,
    name: LocalText,
    /** What it must show to be accepted, in the applicant's words. */
    acceptance: LocalText,
    /** `main` decides whether the case can be accepted at all; `secondary` may be promised (容缺). */
    weight: Type.Union([Type.Literal('main'), Type.Literal('secondary')]),
    when: Type.Optional(condition),
    /** 免提交: what covers it instead. */
    exempt: Type.Optional(
      Type.Object(
        {
          by: Type.Union([
            Type.Literal('e-certificate'),
            Type.Literal('data-sharing'),
            Type.Literal('commitment'),
          ]),
          from: LocalText,
          when: Type.Optional(condition),
        },
        closed,
      ),
    ),
    /** 容缺受理: working days to hand it in later. Only for `secondary`. */
    gapDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
    /**
     * Kinds of credential that it is read from: `identity` for a person's own, else the kind of e-certificate. A code of
     * any other kind in its picture says nothing about it, however good its signature.
     */
    readFrom: Type.Optional(Type.Array(id, { minItems: 1 })),
    /** Attributes that a code on the material carries, and the field each must agree with. */
    compare: Type.Array(Type.Object({ attribute: Type.String(), field: fieldId }, closed)),
    maxFiles: Type.Integer({ minimum: 1, maximum: 9 }),
  },
  closed,
);
export type Material = Static<typeof Material>;

export const RoutingRule = Type.Object(
  { when: Type.Optional(condition), to: id, because: LocalText },
  closed,
);
export type RoutingRule = Static<typeof RoutingRule>;

export const ServiceItem = Type.Object(
  {
    id,
    version: Type.String(),
    /** Opaque: provinces use other shapes than GB/T 39046-2020. */
    localCode: Type.String(),
    nationalCode: Type.Optional(Type.String()),
    name: LocalText,
    summary: LocalText,
    /** Title of the application form, zh-CN; otherwise the name and 申请表. */
    formTitle: Type.Optional(Type.String({ minLength: 1 })),
    /** Lead department. */
    department: id,
    /** GB/T 39046-2020 item type, `01` … `10`, `20`. */
    type: Type.String({ pattern: '^(0[1-9]|10|20)$' }),
    level: Type.Integer({ minimum: 1, maximum: 6 }),
    audience: Type.Array(Type.Integer({ minimum: 1, maximum: 6 }), { minItems: 1 }),
    /** 1 即办件, 2 承诺件, 9 其他. */
    caseKind: Type.Union([Type.Literal('1'), Type.Literal('2'), Type.Literal('9')]),
    legalBasis: Type.Array(LocalText),
    events: Type.Array(id),
    keywords: Type.Array(Type.String()),
    minutes: Type.Integer({ minimum: 1, maximum: 120 }),
    minimumAssurance: Type.Union([
      Type.Literal('declared'),
      Type.Literal('read'),
      Type.Literal('verified'),
    ]),
    /** Working days; a promise of 0 is the same day (即办). */
    time: Type.Object(
      { statutory: Type.Integer({ minimum: 1 }), promised: Type.Integer({ minimum: 0 }) },
      closed,
    ),
    /** Steps behind the counter and their working days, which fit into the promised time. */
    process: Type.Optional(
      Type.Array(Type.Object({ name: LocalText, days: Type.Integer({ minimum: 0 }) }, closed)),
    ),
    /** 1 counter, 2 computer, 3 phone, 4 post, 9 other, the kiosk among them (GB/T 39046-2020). */
    channels: Type.Array(Type.Enum(['1', '2', '3', '4', '9']), { minItems: 1 }),
    /** Whether the result can come by post. */
    delivery: Type.Boolean(),
    onlinePayment: Type.Optional(Type.Boolean()),
    visits: Type.Integer({ minimum: 0 }),
    visitReason: Type.Optional(LocalText),
    /** In fen. */
    fee: Type.Object({ amount: Type.Integer({ minimum: 0 }), basis: LocalText }, closed),
    result: Type.Object({ name: LocalText, certificate: Type.Boolean() }, closed),
    enquiry: Type.String(),
    complaint: Type.String(),
    questions: Type.Array(Question, { minItems: 1 }),
    /** Fields of grade 3 and 4 that its desk needs whole; it sees the others masked, and so do its papers. */
    whole: Type.Array(fieldId),
    materials: Type.Array(Material),
    /** First rule whose condition holds; the last one has none. */
    routing: Type.Array(RoutingRule, { minItems: 1 }),
    /** What is collected and why, shown before anything is read. */
    notice: LocalText,
    /** Sensitive data that needs a consent of its own. */
    separateConsent: Type.Optional(LocalText),
    /** Signed statement on the application form. */
    declaration: LocalText,
    faq: Type.Array(Type.Object({ q: LocalText, a: LocalText }, closed)),
  },
  closed,
);
export type ServiceItem = Static<typeof ServiceItem>;

export const Bundle = Type.Object(
  {
    id,
    version: Type.String(),
    name: LocalText,
    summary: LocalText,
    lead: id,
    events: Type.Array(id),
    keywords: Type.Array(Type.String()),
    minutes: Type.Integer({ minimum: 1 }),
    /** In order of dependency; `after` names items that must be concluded first. */
    items: Type.Array(Type.Object({ item: id, after: Type.Array(id) }, closed), { minItems: 2 }),
    /** Order of questions over all items by question id; a question shared by items is asked once. */
    questionOrder: Type.Array(id),
    notice: LocalText,
    declaration: LocalText,
  },
  closed,
);
export type Bundle = Static<typeof Bundle>;

export const Department = Type.Object(
  { id, name: LocalText, short: LocalText, parent: Type.Optional(id) },
  closed,
);
export type Department = Static<typeof Department>;

export const LifeEvent = Type.Object({ id, name: LocalText }, closed);
export type LifeEvent = Static<typeof LifeEvent>;

/** Reasons a counter or desk may pick; free text comes beside them, never instead. */
export const DecisionReason = Type.Object(
  {
    id,
    for: Type.Array(
      Type.Union([Type.Literal('supplement'), Type.Literal('refuse'), Type.Literal('deny')]),
      { minItems: 1 },
    ),
    text: LocalText,
  },
  closed,
);
export type DecisionReason = Static<typeof DecisionReason>;

/** A year's holidays by order of the State Council: what working days are counted by. */
export const CalendarYear = Type.Object(
  {
    year: Type.Integer(),
    /** Days off that are no weekend (ISO dates). */
    off: Type.Array(Type.String()),
    /** Saturdays and Sundays that are worked (调休). */
    worked: Type.Array(Type.String()),
  },
  closed,
);
export type CalendarYear = Static<typeof CalendarYear>;

/** The whole catalogue at one version, as shipped, replicated and sealed under. */
export const Catalogue = Type.Object(
  {
    version: Type.String(),
    /** Last day (ISO 8601, inclusive) on which a terminal may begin a case under it. */
    validUntil: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    region: Type.String({ pattern: '^\\d{6}$' }),
    dictionary: Type.Array(DictionaryField),
    departments: Type.Array(Department),
    events: Type.Array(LifeEvent),
    reasons: Type.Array(DecisionReason),
    items: Type.Array(ServiceItem),
    bundles: Type.Array(Bundle),
    /** Years after those that the program knows; without one, dates in it are provisional. */
    calendar: Type.Optional(Type.Array(CalendarYear)),
  },
  closed,
);
export type Catalogue = Static<typeof Catalogue>;
