import type { Checkpoint, Scope, StreamLine } from '../protocol/index.ts';

type Spoken = Extract<StreamLine, { kind: 'hello' | 'beat' }>;

/** Where the centre says the scopes stand, beside what was pulled of them. */
export interface Standing {
  /** Takes in a line of the stream; answers the scopes that are behind, or `undefined` when the centre does not say. */
  heed(line: Spoken): readonly Scope[] | undefined;
  /** A pull of a scope begins: what it answers holds for all that was said before. */
  begin(scope: Scope): (pulled: Checkpoint) => void;
}

/**
 * Spares pulls that would bring nothing: a scope is behind only while its number is neither the one it was pulled to
 * nor the one it was last pulled after. The second matters where the newest rows are not for this terminal.
 */
export function createStanding(): Standing {
  let epoch: string | undefined;
  const told = new Map<Scope, string>();
  const settled = new Map<Scope, ReadonlySet<string | undefined>>();

  return {
    heed(line) {
      if (line.kind === 'hello') epoch = line.epoch;
      if (line.at === undefined || epoch === undefined) return undefined;
      const behind: Scope[] = [];
      for (const [name, seq] of Object.entries(line.at)) {
        const scope = name as Scope;
        const number = `${epoch} ${seq}`;
        told.set(scope, number);
        if (settled.get(scope)?.has(number) !== true) behind.push(scope);
      }
      return behind;
    },
    begin(scope) {
      const before = told.get(scope);
      return (pulled) => {
        settled.set(scope, new Set([before, `${pulled.epoch} ${pulled.seq}`]));
      };
    },
  };
}
