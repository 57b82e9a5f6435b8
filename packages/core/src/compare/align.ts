/** Two characters, one above the other; an empty string where one side has none. */
export interface Cell {
  readonly material: string;
  readonly form: string;
  readonly same: boolean;
}

/**
 * Lays two texts one above the other with the fewest differing places (edit distance), by code point. Where a
 * character may as well be exchanged as left out, it is exchanged: 林知夏 over 林知厦 is three squares, not four.
 */
export function align(material: string, form: string): readonly Cell[] {
  const a = Array.from(material);
  const b = Array.from(form);
  const cost = distances(a, b);
  const at = (i: number, j: number) => cost[i * (b.length + 1) + j] ?? 0;
  const cells: Cell[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const same = a[i] === b[j];
    const step = at(i, j);
    if (i < a.length && j < b.length && step === at(i + 1, j + 1) + (same ? 0 : 1)) {
      cells.push({ material: a[i++] ?? '', form: b[j++] ?? '', same });
    } else if (i < a.length && step === at(i + 1, j) + 1) {
      cells.push({ material: a[i++] ?? '', form: '', same: false });
    } else {
      cells.push({ material: '', form: b[j++] ?? '', same: false });
    }
  }
  return cells;
}

/** Cost of turning the rest of `a` from i into the rest of `b` from j, row by row. */
function distances(a: readonly string[], b: readonly string[]): Uint16Array {
  const width = b.length + 1;
  const cost = new Uint16Array((a.length + 1) * width);
  for (let i = a.length; i >= 0; i--) {
    for (let j = b.length; j >= 0; j--) {
      const here = i * width + j;
      const right = cost[here + 1] ?? 0;
      const below = cost[here + width] ?? 0;
      const across = cost[here + width + 1] ?? 0;
      if (i === a.length) cost[here] = b.length - j;
      else if (j === b.length) cost[here] = a.length - i;
      else cost[here] = Math.min(across + (a[i] === b[j] ? 0 : 1), 1 + Math.min(right, below));
    }
  }
  return cost;
}
