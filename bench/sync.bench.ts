import type { Bench } from '../scripts/bench/bench.ts';
import { intakeAbout, intakeMeasures, measureIntake } from './intake/intake.ts';
import { measureStreams, streamAbout, streamMeasures } from './streams/streams.ts';

const measures = { ...intakeMeasures, ...streamMeasures } as const satisfies Bench['measures'];

export const bench: Bench<keyof typeof measures> = {
  name: 'sync',
  about: `${intakeAbout} ${streamAbout}`,
  measures,
  run: async () => ({ ...(await measureIntake()), ...(await measureStreams()) }),
};
