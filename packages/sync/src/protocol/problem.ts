import Type, { type Static } from 'typebox';

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
