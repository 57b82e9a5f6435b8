/** Where an item stands in the drawing of the order. */
export interface TrackNode {
  readonly index: number;
  /** How many items come before it, along the longest way. */
  readonly depth: number;
  /** Indices of what it waits for. */
  readonly parents: readonly number[];
}

/** Lays items out in their order: each one step further in than what it waits for. */
export function layOut(
  items: readonly { readonly id: string; readonly after: readonly string[] }[],
): readonly TrackNode[] {
  const nodes: TrackNode[] = [];
  for (const [index, item] of items.entries()) {
    const parents = item.after
      .map((id) => items.findIndex((other) => other.id === id))
      .filter((parent) => parent >= 0 && parent < index);
    const depth = Math.max(-1, ...parents.map((parent) => nodes[parent]?.depth ?? 0)) + 1;
    nodes.push({ index, depth, parents });
  }
  return nodes;
}
