import type { Bench } from '../scripts/bench/bench.ts';
import { drainAbout, drainMeasures, measureDrains } from './drain/drain.ts';
import { intakeAbout, intakeMeasures, measureIntake } from './intake/intake.ts';
import { measurePulls, pullAbout, pullMeasures } from './pull/pull.ts';
import { measureStreams, streamAbout, streamMeasures } from './streams/streams.ts';

const measures = {
  ...intakeMeasures,
  ...pullMeasures,
  ...drainMeasures,
  ...streamMeasures,
} as const satisfies Bench['measures'];

export const bench: Bench<keyof typeof measures> = {
  name: 'sync',
  about: `${intakeAbout} ${pullAbout} ${drainAbout} ${streamAbout}`,
  measures,
  run: async () => ({
    ...(await measureIntake()),
    ...(await measurePulls()),
    ...(await measureDrains()),
    ...(await measureStreams()),
  }),
};
