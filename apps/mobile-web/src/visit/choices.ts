import type { DraftChoice, DraftDifference } from '@tongban/sync';

/** What a person chose, by the difference that it is about. */
export type Chosen = ReadonlyMap<string, DraftChoice>;

export function keyOf(difference: DraftDifference): string {
  switch (difference.kind) {
    case 'answer':
      return `answer ${difference.field}`;
    case 'material':
      return `material ${difference.material}`;
    case 'file':
      return `file ${difference.material} ${difference.file.address}`;
  }
}

/**
 * The copy that counts: as the person said, else what drops nothing. `undefined`: both say something, and only the
 * person knows which is right.
 */
export function chosenOf(difference: DraftDifference, chosen: Chosen): DraftChoice | undefined {
  const said = chosen.get(keyOf(difference));
  if (said !== undefined) return said;
  if (difference.kind === 'file') return difference.on;
  if (difference.here === undefined) return 'there';
  return difference.there === undefined ? 'here' : undefined;
}

/** How many differences still wait for the person. */
export function open(differences: readonly DraftDifference[], chosen: Chosen): number {
  return differences.filter((difference) => chosenOf(difference, chosen) === undefined).length;
}
