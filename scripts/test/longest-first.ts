import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that run for a minute and more: begun last, one of them would keep a single core busy at the end. */
const long = [
  ...['screens.test.ts', 'faults.test.ts', 'phoneScreens.test.ts', 'otherScreens.test.ts'],
  ...['badDays.test.ts', 'counter.test.ts'],
];

/** Vitest knows how long a file took only from a run before; a fresh clone has none. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const at = long.findIndex((name) => moduleId.endsWith(`/${name}`));
      return at < 0 ? long.length : at;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
