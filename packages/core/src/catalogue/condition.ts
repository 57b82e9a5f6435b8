import Type, { type Static } from 'typebox';

/** A condition over answers, as data. An unanswered field satisfies only `not`. */
export const Condition = Type.Cyclic(
  {
    Condition: Type.Union([
      Type.Object({ field: Type.String(), equals: Type.String() }, { additionalProperties: false }),
      Type.Object(
        { field: Type.String(), in: Type.Array(Type.String(), { minItems: 1 }) },
        { additionalProperties: false },
      ),
      Type.Object({ field: Type.String(), startsWith: Type.String() }, { additionalProperties: false }),
      Type.Object({ all: Type.Array(Type.Ref('Condition'), { minItems: 1 }) }, { additionalProperties: false }),
      Type.Object({ any: Type.Array(Type.Ref('Condition'), { minItems: 1 }) }, { additionalProperties: false }),
      Type.Object({ not: Type.Ref('Condition') }, { additionalProperties: false }),
    ]),
  },
  'Condition',
);
export type Condition =
  | { field: string; equals: string }
  | { field: string; in: string[] }
  | { field: string; startsWith: string }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

/** Values by dictionary field id. */
export type Values = Readonly<Record<string, string | undefined>>;

export function holds(condition: Condition | undefined, values: Values): boolean {
  if (condition === undefined) return true;
  if ('all' in condition) return condition.all.every((part) => holds(part, values));
  if ('any' in condition) return condition.any.some((part) => holds(part, values));
  if ('not' in condition) return !holds(condition.not, values);
  const value = values[condition.field];
  if (value === undefined || value === '') return false;
  if ('equals' in condition) return value === condition.equals;
  if ('in' in condition) return condition.in.includes(value);
  return value.startsWith(condition.startsWith);
}
