/** A limit for a measured value, in the unit of its measure. */
export type Limit = { readonly atMost: number } | { readonly atLeast: number };

/** One value that a bench gives. A `bound` that is missed fails the run; an `aim` is only what we want. */
export interface Measure {
  readonly unit: string;
  readonly bound?: Limit;
  readonly aim?: Limit;
}

/** What each `bench/*.bench.ts` exports as `bench`. */
export interface Bench<Name extends string = string> {
  /** As `npm run bench -- NAME` picks it. */
  readonly name: string;
  /** What is measured, and on what. */
  readonly about: string;
  readonly measures: Readonly<Record<Name, Measure>>;
  /** Measures everything named in `measures`. */
  run(): Promise<Readonly<Record<Name, number>>>;
}

/** `verdict` is about the bound; `aim` says whether the aim was reached, where there is one. */
export interface Measured extends Measure {
  readonly name: string;
  readonly value: number;
  readonly verdict: 'within bound' | 'bound missed' | 'no bound';
  readonly aimReached?: boolean;
}

/** Compares `values` with what the bench states. @throws Error when a measure has no value. */
export function judge(bench: Bench, values: Readonly<Record<string, number>>): Measured[] {
  return Object.entries(bench.measures).map(([name, measure]) => {
    const value = values[name];
    if (value === undefined || !Number.isFinite(value)) {
      throw new Error(`${bench.name} gave no value for ${name}.`);
    }
    return {
      name,
      value,
      ...measure,
      verdict:
        measure.bound === undefined
          ? 'no bound'
          : holds(value, measure.bound)
            ? 'within bound'
            : 'bound missed',
      ...(measure.aim === undefined ? {} : { aimReached: holds(value, measure.aim) }),
    };
  });
}

function holds(value: number, limit: Limit): boolean {
  return 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
}

/** The value below which the fraction `p` of `samples` lies (nearest rank). */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
  if (value === undefined) throw new Error('There is no percentile of nothing.');
  return value;
}
