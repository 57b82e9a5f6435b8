import type { Sight } from './sight.ts';

/**
 * What keeps something from being read, for the person to mend: `too-far`, `glare` of a lamp, `blurred`, `turned` away or
 * with the wrong side up, `dark`; `no-print-reader`: cards cannot be read here now; `none` where nothing is known to be wrong.
 */
export type Advice =
  | 'none'
  | 'no-print-reader'
  | 'dark'
  | 'too-far'
  | 'turned'
  | 'glare'
  | 'blurred';

/** Below this mean grey a page cannot be told from its shadow. */
const dark = 45;
/** Share of the picture's longer side below which print is finer than the pixels. */
const far = { codes: 0.1, documents: 0.38 } as const;
/** Share of a thing that a reflection may hide. */
const burnt = 0.015;
const blurred = 0.035;
const level = 0.7;

/** The first of what is wrong, in the order in which a person can mend it. */
export function adviceOf({ light, thing }: Sight, seek: keyof typeof far): Advice {
  if (light < dark) return 'dark';
  if (thing === undefined) return 'none';
  if (thing.size < far[seek]) return 'too-far';
  if (thing.level < level) return 'turned';
  if (thing.glare > burnt) return 'glare';
  return thing.sharpness < blurred ? 'blurred' : 'none';
}
