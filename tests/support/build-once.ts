import { buildWhatIsStale } from '../../scripts/build/run.ts';

/** Journeys run against the built pages, built once before the first of them. */
export async function setup(): Promise<void> {
  await buildWhatIsStale();
}
