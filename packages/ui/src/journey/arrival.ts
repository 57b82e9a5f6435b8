import type { OutboxEntry, PublicStatus, Receipt } from '@tongban/core';

/** How far a case has come, as it was said by who can say it. */
export interface Arrival {
  readonly at: 'saved' | 'received' | 'accepted' | 'setAside';
  readonly points: readonly {
    readonly name: 'saved' | 'sent' | 'received' | 'accepted';
    /** ISO 8601 instant; left out while nobody has said so. */
    readonly at?: string;
  }[];
}

/**
 * Four points on one chain. `sent` is filled with `received`, since only the centre's answer proves that
 * anything arrived; `accepted` when every case of the receipt was.
 */
export function arrivalOf(
  receipt: Receipt,
  entry: OutboxEntry | undefined,
  cases: readonly PublicStatus[],
): Arrival {
  const received =
    entry?.state.at === 'received'
      ? entry.state.receivedAt
      : cases.flatMap((each) => each.events).find((event) => event.kind === 'received')?.at;
  const accepted =
    received !== undefined && cases.length > 0
      ? cases.map((each) => each.events.find((event) => event.kind === 'accepted')?.at)
      : [];
  const all = accepted.length > 0 && accepted.every((at) => at !== undefined);
  const last = all ? accepted.toSorted().at(-1) : undefined;
  return {
    at:
      entry?.state.at === 'set-aside'
        ? 'setAside'
        : last !== undefined
          ? 'accepted'
          : received !== undefined
            ? 'received'
            : 'saved',
    points: [
      { name: 'saved', at: receipt.sealedAt },
      { name: 'sent', ...(received !== undefined && { at: received }) },
      { name: 'received', ...(received !== undefined && { at: received }) },
      { name: 'accepted', ...(last !== undefined && { at: last }) },
    ],
  };
}
