import type { Centre } from '../centre/centre.ts';
import type { ProbedLine } from '../line/line.ts';
import type { HealthReport } from '../protocol/index.ts';
import { storeFailure } from '../storage/failure.ts';

export interface ReportingOptions {
  readonly centre: Pick<Centre, 'reportHealth'>;
  readonly line: Pick<ProbedLine, 'onAnswer'>;
  /** `undefined` while nobody would want to hear it. */
  readonly report: () => Promise<HealthReport | undefined>;
}

/** By the centre's clock, in ms. */
const atMostEvery = 60_000;

/** Tells the centre how this device stands, with a probe's answer and at most once a minute. Returns the way to stop. */
export function startReporting({ centre, line, report }: ReportingOptions): () => Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | undefined;

  const unhear = line.onAnswer(({ time }) => {
    const now = Date.parse(time);
    // A centre whose clock was set back is told again as well.
    if (underWay !== undefined || Math.abs(now - last) < atMostEvery) return;
    underWay = tell(now).finally(() => {
      underWay = undefined;
    });
  });

  async function tell(now: number): Promise<void> {
    let standing: HealthReport | undefined;
    try {
      standing = await report();
    } catch (error) {
      // A disk that refuses to be read shows where work is done; to report it is not worth a broken page.
      if (storeFailure(error) === undefined) throw error;
    }
    if (standing === undefined) return;
    last = now;
    // One that does not arrive is not repeated: the next is newer.
    await centre.reportHealth(standing);
  }

  return async () => {
    unhear();
    await underWay;
  };
}
