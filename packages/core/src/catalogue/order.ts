import type { PublicStatus } from '../case/state.ts';
import type { Catalogue } from './schema.ts';

/** Cases of one submission in the order of their bundle: what comes first is shown first. */
export function inBundleOrder(
  catalogue: Pick<Catalogue, 'bundles'>,
  cases: readonly PublicStatus[],
): readonly PublicStatus[] {
  const bundle = catalogue.bundles.find(({ id }) => id === cases[0]?.bundle);
  if (bundle === undefined) return cases;
  const place = (status: PublicStatus) =>
    bundle.items.findIndex(({ item }) => item === status.item);
  return cases.toSorted((one, other) => place(one) - place(other));
}
