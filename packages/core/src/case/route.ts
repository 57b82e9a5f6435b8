import { holds, type Values } from '../catalogue/condition.ts';
import type { ServiceItem } from '../catalogue/schema.ts';
import type { Answer } from '../seal/manifest.ts';
import type { LocalText } from '../text/locale.ts';

/** Where a case goes and why. */
export interface Route {
  readonly department: string;
  /** Index of the rule in the item's `routing`. */
  readonly rule: number;
  readonly because: LocalText;
}

/**
 * The first rule that holds. A terminal says it offline, the centre decides by the same function. The last rule has
 * no condition, which the catalogue's check proves.
 */
export function route(item: Pick<ServiceItem, 'id' | 'routing'>, values: Values): Route {
  const index = item.routing.findIndex((rule) => holds(rule.when, values));
  const rule = item.routing[index];
  if (rule === undefined) throw new Error(`${item.id} has no last rule`);
  return { department: rule.to, rule: index, because: rule.because };
}

/** Answers as plain values, for conditions and rules. */
export function valuesOf(answers: Readonly<Record<string, Answer>>): Values {
  return Object.fromEntries(Object.entries(answers).map(([field, { value }]) => [field, value]));
}
