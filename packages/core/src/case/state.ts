import Type, { type Static } from 'typebox';

/**
 * States of a case at the centre (申请→收件→受理→审查→决定→制证→送达→归档).
 * 容缺 is a flag on acceptance, not a state.
 */
export const CaseState = Type.Enum([
  'received', // 收件: in custody, routed, nobody has judged it
  'awaiting-confirmation', // identity evidence below the item's minimum
  'waiting', // bundle: an earlier item is not concluded yet
  'accepted', // 受理: the clock runs
  'supplement-requested', // 补正: the clock stands
  'special-procedure', // 特别程序: the clock stands
  'granted', // 准予, concluded
  'denied', // 不予许可, concluded
  'refused', // 不予受理, concluded
  'returned', // 退件: supplement overdue, concluded
  'withdrawn', // concluded
]);
export type CaseState = Static<typeof CaseState>;

/** Something that happened to a case; the only way its state changes. `at` is an ISO 8601 instant. */
export const CaseEvent = Type.Union([
  Type.Object({ kind: Type.Literal('received'), at: Type.String() }),
  Type.Object({ kind: Type.Literal('confirmation-needed'), at: Type.String() }),
  Type.Object({ kind: Type.Literal('identity-confirmed'), at: Type.String() }),
  Type.Object({
    kind: Type.Literal('waiting-for'),
    at: Type.String(),
    items: Type.Array(Type.String()),
  }),
  Type.Object({ kind: Type.Literal('released'), at: Type.String() }),
  Type.Object({
    kind: Type.Literal('routed'),
    at: Type.String(),
    department: Type.String(),
    /** Index of the rule in the item's `routing`. */
    rule: Type.Integer(),
  }),
  Type.Object({
    kind: Type.Literal('accepted'),
    at: Type.String(),
    /** Materials promised (容缺), each with its last day (ISO date). */
    gaps: Type.Array(Type.Object({ material: Type.String(), until: Type.String() })),
  }),
  Type.Object({
    kind: Type.Literal('supplement-requested'),
    at: Type.String(),
    reasons: Type.Array(Type.String()),
    materials: Type.Array(Type.String()),
    until: Type.String(),
  }),
  Type.Object({
    kind: Type.Literal('supplemented'),
    at: Type.String(),
    materials: Type.Array(Type.String()),
  }),
  Type.Object({ kind: Type.Literal('special-procedure-began'), at: Type.String() }),
  Type.Object({ kind: Type.Literal('special-procedure-ended'), at: Type.String() }),
  Type.Object({ kind: Type.Literal('granted'), at: Type.String() }),
  Type.Object({
    kind: Type.Literal('denied'),
    at: Type.String(),
    reasons: Type.Array(Type.String()),
  }),
  Type.Object({
    kind: Type.Literal('refused'),
    at: Type.String(),
    reasons: Type.Array(Type.String()),
  }),
  Type.Object({ kind: Type.Literal('returned'), at: Type.String() }),
  Type.Object({ kind: Type.Literal('withdrawn'), at: Type.String() }),
]);
export type CaseEvent = Static<typeof CaseEvent>;

/** The public half of a case: codes and dates only. Terminals keep it on disk; it carries no personal data. */
export const PublicStatus = Type.Object(
  {
    caseNumber: Type.String(),
    /** Case numbers of one submission share it; it is the number on the receipt. */
    receiptNumber: Type.String(),
    item: Type.String(),
    bundle: Type.Optional(Type.String()),
    department: Type.String(),
    /** Index of the routing rule that chose the department. */
    rule: Type.Integer(),
    state: CaseState,
    gap: Type.Boolean(),
    events: Type.Array(CaseEvent),
    /** Promised end (ISO date); absent while the clock stands or never began. */
    due: Type.Optional(Type.String()),
    /** Year whose holidays are not published yet and into which the promised end falls; then `due` is absent. */
    dueUnknown: Type.Optional(Type.Integer()),
    updatedAt: Type.String(),
  },
  { additionalProperties: false },
);
export type PublicStatus = Static<typeof PublicStatus>;
