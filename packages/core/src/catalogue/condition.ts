/** A condition over answers, as data. An unanswered field satisfies only `not`. */
export type Condition =
  | { field: string; equals: string }
  | { field: string; in: string[] }
  | { field: string; startsWith: string }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

/** Values by dictionary field id. */
export type Values = Readonly<Record<string, string | undefined>>;

/** Whether the condition holds; none always does. */
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

/** Fields that a condition reads, and the values it names for each. */
export function fieldsOf(condition: Condition | undefined): readonly Comparison[] {
  if (condition === undefined) return [];
  if ('all' in condition) return condition.all.flatMap(fieldsOf);
  if ('any' in condition) return condition.any.flatMap(fieldsOf);
  if ('not' in condition) return fieldsOf(condition.not);
  if ('equals' in condition) return [{ field: condition.field, values: [condition.equals] }];
  if ('in' in condition) return [{ field: condition.field, values: condition.in }];
  return [{ field: condition.field, prefix: condition.startsWith }];
}

export type Comparison =
  | { readonly field: string; readonly values: readonly string[] }
  | { readonly field: string; readonly prefix: string };
