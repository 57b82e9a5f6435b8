import type { OutboxEntry } from '@tongban/core';
import { type Entry, isToSend, shown } from './entry.ts';

/**
 * Entries in memory, oldest first. A kiosk keeps thousands that were received, and each envelope changes its state five
 * times: what is asked at every change must not grow with what is merely kept.
 */
export function entryList() {
  const byId = new Map<string, Entry>();
  let order: Entry[] | undefined = [];
  let seen: readonly OutboxEntry[] | undefined;
  const toSend = new Map<string, Entry>();
  const asShown = new WeakMap<Entry, OutboxEntry>();

  function set(entry: Entry): void {
    const before = byId.get(entry.id);
    byId.set(entry.id, entry);
    if (isToSend(entry.state)) toSend.set(entry.id, entry);
    else toSend.delete(entry.id);
    seen = undefined;
    if (order === undefined) return;
    if (before !== undefined && before.createdAt === entry.createdAt) {
      order[placeOf(order, before)] = entry;
    } else if (before === undefined) {
      order.splice(placeOf(order, entry), 0, entry);
    } else {
      order = undefined;
    }
  }

  function remove(id: string): void {
    if (!byId.delete(id)) return;
    toSend.delete(id);
    order = undefined;
    seen = undefined;
  }

  function all(): readonly Entry[] {
    order ??= [...byId.values()].sort(older);
    // A copy: whoever walks through it may change entries on the way.
    return order.slice();
  }

  function shownOf(entry: Entry): OutboxEntry {
    const before = asShown.get(entry);
    if (before !== undefined) return before;
    const now = shown(entry);
    asShown.set(entry, now);
    return now;
  }

  return {
    get: (id: string) => byId.get(id),
    has: (id: string) => byId.has(id),
    set,
    delete: remove,
    all,
    due: (): readonly Entry[] => [...toSend.values()].sort(older),
    /** The same list until something changes. */
    shown(): readonly OutboxEntry[] {
      seen ??= all().map(shownOf);
      return seen;
    },
  };
}

/** Instants in ISO 8601 compare as they are: no locale is asked. */
function older(a: Entry, b: Entry): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/** Where an entry stands, or would. */
function placeOf(order: readonly Entry[], entry: Entry): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (older(order[middle] as Entry, entry) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
