import type { Bench } from '../scripts/bench/bench.ts';
import { intakeAbout, intakeMeasures, measureIntake } from './intake/intake.ts';
import { measurePulls, pullAbout, pullMeasures } from './pull/pull.ts';
import { measureStreams, streamAbout, streamMeasures } from './streams/streams.ts';

const measures = {
  ...intakeMeasures,
  ...pullMeasures,
  ...streamMeasures,
} as const satisfies Bench['measures'];

export const bench: Bench<keyof typeof measures> = {
  name: 'sync',
  about: `${intakeAbout} ${pullAbout} ${streamAbout}`,
  measures,
  run: async () => ({
    ...(await measureIntake()),
    ...(await measurePulls()),
    ...(await measureStreams()),
  }),
};
