import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { closed } from './shape.ts';

/** What the server owns and terminals pull. `status:*` is the terminal's own group. */
export const Scope = Type.Enum(['catalogue', 'status', 'settings']);
export type Scope = Static<typeof Scope>;

/** A checkpoint is a dense counter per scope, taken last in the transaction that wrote the rows. */
export const Checkpoint = Type.Object(
  { epoch: Type.String(), seq: Type.Integer({ minimum: 0 }) },
  closed,
);
export type Checkpoint = Static<typeof Checkpoint>;

export const ChangedRow = Type.Object({
  id: Type.String(),
  seq: Type.Integer(),
  /** Gone at the centre; what it was is not said any more. */
  deleted: Type.Boolean(),
  body: Type.Unknown(),
});
export type ChangedRow = Static<typeof ChangedRow>;

/** `GET /api/v1/changes/{scope}?epoch=&seq=&limit=`. */
export const ChangesAnswer = Type.Object({
  rows: Type.Array(ChangedRow),
  checkpoint: Checkpoint,
  /** False when more rows are waiting. */
  complete: Type.Boolean(),
});
export type ChangesAnswer = Static<typeof ChangesAnswer>;

/** Newest number of each scope; a terminal pulls those in which it is behind. Absent: an older centre, everything may have changed. */
const Standing = Type.Optional(
  Type.Object({
    catalogue: Type.Optional(Type.Integer({ minimum: 0 })),
    status: Type.Optional(Type.Integer({ minimum: 0 })),
    settings: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
);

/**
 * `GET /api/v1/stream`: newline-delimited JSON, one of these a line; `beat` every 15 s. `hello` comes first, and again
 * whenever the centre may have missed something itself.
 */
export const StreamLine = Type.Union([
  Type.Object({ kind: Type.Literal('hello'), epoch: Type.String(), at: Standing }),
  Type.Object({ kind: Type.Literal('beat'), at: Standing }),
  Type.Object({ kind: Type.Literal('changed'), scope: Scope, seq: Type.Integer() }),
]);
export type StreamLine = Static<typeof StreamLine>;

const kinds: ReadonlySet<string> = new Set(['hello', 'beat', 'changed']);
const scopes: ReadonlySet<string> = new Set(['catalogue', 'status', 'settings']);

/**
 * A line as a terminal hears it. `to-come`: a newer centre says something that this terminal has no name for, which is
 * no reason to break off. `undefined`: nonsense, not the centre's word.
 */
export function heardLine(value: unknown): StreamLine | 'to-come' | undefined {
  if (Value.Check(StreamLine, value)) return value;
  if (!Value.Check(AnyLine, value)) return undefined;
  if (!kinds.has(value.kind)) return 'to-come';
  const scope = value.kind === 'changed' ? value.scope : undefined;
  return scope !== undefined && !scopes.has(scope) ? 'to-come' : undefined;
}

const AnyLine = Type.Object({ kind: Type.String(), scope: Type.Optional(Type.String()) });
