import type { BitMatrix } from '@zxing/library';
import { rowChanges } from './changes.ts';

/**
 * Whether two rows show what may be the start or the stop pattern of a PDF417 code (ISO/IEC 15438), either
 * way up. Where none do the library finds nothing, and it takes four looks at every pixel to say so.
 */
export function mayHoldPdf417(image: BitMatrix): boolean {
  const changesAt = rowChanges(image);
  let rows = 0;
  for (let y = 0; y < image.getHeight() && rows < 2; y++) {
    const ends = [0, ...changesAt(y), image.getWidth()];
    for (let run = image.get(0, y) ? 0 : 1; run + 1 < ends.length; run += 2) {
      if (!guards(ends, run, 1) && !guards(ends, run, -1)) continue;
      rows++;
      break;
    }
  }
  return rows === 2;
}

/**
 * Whether a bar and the six runs on one side of it may be those of a guard: a bar of 8 modules before six of
 * one, or of 7 before 1, 1, 3, 1, 1, 1, each off by 0.8 of a module at most.
 */
function guards(ends: readonly number[], run: number, side: 1 | -1): boolean {
  const length = (k: number) => (ends[k + 1] ?? Number.NaN) - (ends[k] ?? Number.NaN);
  const bar = length(run);
  let six = 0;
  for (let k = 1; k <= 6; k++) {
    const next = length(run + k * side);
    // Outside the row there is no length, which is not less than anything.
    if (!(next < bar * 0.62)) return false;
    six += next;
  }
  return six > bar * 0.49 && six < bar * 1.69;
}
