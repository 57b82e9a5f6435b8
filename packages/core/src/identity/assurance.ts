import type { Assurance } from './evidence.ts';

const order: readonly Assurance[] = ['declared', 'read', 'verified'];

/** Whether `have` is at least as sure as `need`. */
export function suffices(have: Assurance, need: Assurance): boolean {
  return order.indexOf(have) >= order.indexOf(need);
}

/** The stricter of two. */
export function stricter(one: Assurance, other: Assurance): Assurance {
  return suffices(one, other) ? one : other;
}
