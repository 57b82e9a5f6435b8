import type { Difference, DraftMaterial, Material, VisitSnapshot } from '@tongban/core';

/** What a row of the list says. */
export type MaterialState = 'missing' | 'differs' | 'provided' | 'promised' | 'exempt';

export interface MaterialRow {
  readonly material: Material;
  readonly held: DraftMaterial | undefined;
  readonly state: MaterialState;
  readonly differences: readonly Difference[];
}

/** The materials that apply, with how each stands. `settled` differences were looked at and left. */
export function materialRows(
  snapshot: VisitSnapshot,
  settled: ReadonlySet<string>,
): readonly MaterialRow[] {
  return snapshot.materials
    .filter((each) => each.needed || each.exempt)
    .map(({ material, exempt }) => {
      const held = snapshot.draft.materials[material.id];
      const differences = snapshot.differences.filter(
        (each) => each.material === material.id && !settled.has(differenceKey(each)),
      );
      return { material, held, differences, state: stateOf(held, exempt, differences) };
    });
}

function stateOf(
  held: DraftMaterial | undefined,
  exempt: boolean,
  differences: readonly Difference[],
): MaterialState {
  if (held?.state === 'provided') return differences.length > 0 ? 'differs' : 'provided';
  if (exempt) return 'exempt';
  return held?.state === 'promised' ? 'promised' : 'missing';
}

/** Tells one difference from the next: the same two values again need no second look. */
export function differenceKey(difference: Difference): string {
  return [difference.material, difference.field, difference.onMaterial, difference.onForm].join(
    '\n',
  );
}

/** What comes next in the list: a difference to settle before a material to bring. */
export function nextOpen(rows: readonly MaterialRow[]): MaterialRow | undefined {
  return rows.find((row) => row.state === 'differs') ?? rows.find((row) => row.state === 'missing');
}
