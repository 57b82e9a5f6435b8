import type { Row } from './rows.ts';

/** What lies in a row, besides RxDB's own: of any format, so nothing is known of it. */
export type Body = Row & Readonly<Record<string, unknown>>;

/** From one format to the next, and back. What a step does not name it passes on, so that nothing falls by the way. */
export interface FormatStep {
  up(body: Body): Body;
  down(body: Body): Body;
}

/**
 * How the rows of a collection are written ([V6]). Formats have numbers from 1; a row of the first carries none. The app
 * works with the newest it knows, which is `1 + steps.length`, and writes `writes`: a new format is read one release
 * before it is written, so that the release before can be gone back to.
 */
export interface RowFormat {
  readonly steps: readonly FormatStep[];
  readonly writes: number;
}

export const firstFormat: RowFormat = { steps: [], writes: 1 };

/** The body as the app works with it; `undefined` when a newer app wrote it in a format that is not known here. */
export function fromStored(stored: Body, { steps }: RowFormat): Row | undefined {
  const { format = 1, ...body } = stored;
  if (typeof format !== 'number' || format > steps.length + 1) return undefined;
  return steps.slice(format - 1).reduce<Body>((older, step) => step.up(older), body as Body);
}

export function toStored(row: Row, { steps, writes }: RowFormat): Body {
  const body = steps
    .slice(writes - 1)
    .reduceRight<Body>((newer, step) => step.down(newer), row as Body);
  return writes === 1 ? body : { ...body, format: writes };
}
