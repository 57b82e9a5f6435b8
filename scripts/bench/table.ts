import type { Limit, Measured } from './bench.ts';

/** A table for the console: bench, measure, value, bound, aim, verdict. */
export function table(results: readonly { name: string; measures: readonly Measured[] }[]): string {
  const rows = [
    ['bench', 'measure', 'value', 'bound', 'aim', ''],
    ...results.flatMap(({ name, measures }) =>
      measures.map((measure) => [
        name,
        measure.name,
        `${shown(measure.value)} ${measure.unit}`,
        limit(measure.bound),
        limit(measure.aim),
        remark(measure),
      ]),
    ),
  ];
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function remark({ verdict, aimReached }: Measured): string {
  if (verdict === 'bound missed') return 'BOUND MISSED';
  if (aimReached === false) return 'aim not reached';
  return verdict === 'no bound' && aimReached === undefined ? '' : 'ok';
}

function limit(value: Limit | undefined): string {
  if (value === undefined) return '';
  return 'atMost' in value ? `≤ ${value.atMost}` : `≥ ${value.atLeast}`;
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
