import type { Body, FormatStep, RowFormat } from '../storage/format.ts';
import type { Formats } from '../storage/formats.ts';

/** Format 2 of these made-up releases says `old` by another name; format 3 says it as the first did. */
function renamed(old: string, late: string): readonly FormatStep[] {
  const move = (from: string, to: string) => (body: Body) => {
    const { [from]: value, ...rest } = body;
    return value === undefined ? body : { ...rest, id: body.id, [to]: value };
  };
  return [
    { up: move(old, late), down: move(late, old) },
    { up: move(late, old), down: move(old, late) },
  ];
}

const steps = {
  outbox: renamed('state', 'standing'),
  receipts: renamed('receipt', 'slip'),
  drafts: renamed('draft', 'application'),
};

function written(writes: number): Formats {
  const format = (all: readonly FormatStep[]): RowFormat => ({ steps: all, writes });
  return {
    outbox: format(steps.outbox),
    receipts: format(steps.receipts),
    drafts: format(steps.drafts),
  };
}

/** A made-up release that reads format 2 and writes what the present one writes. */
export const nextFormats = written(1);
/** The one after it, which writes format 2: the present release cannot read that. */
export const laterFormats = written(2);
