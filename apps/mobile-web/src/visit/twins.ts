import {
  type Draft,
  err,
  type FileAddress,
  ok,
  type Result,
  type StoreFailure,
} from '@tongban/core';
import {
  compareDrafts,
  type Device,
  type DraftChoice,
  type DraftDifference,
  mergeDrafts,
} from '@tongban/sync';
import type { Unfinished } from './ownVisits.ts';

/** Two copies of one application on this phone, both written since they parted ([H6]). */
export interface Twins {
  /** The one that was changed longer ago; the copies become one in its place. */
  readonly earlier: Unfinished;
  readonly later: Unfinished;
  readonly differences: readonly DraftDifference[];
}

export type Choose = (difference: DraftDifference) => DraftChoice | undefined;

/** The copy that stands beside `visit`, if both can still be edited here. */
export function findTwins(unfinished: readonly Unfinished[], visit: string): Twins | undefined {
  const own = unfinished.find((one) => one.visit === visit);
  const other = unfinished.find(
    (one) => one.visit !== visit && one.draft.submissionId === own?.draft.submissionId,
  );
  if (own === undefined || other === undefined || !editable(own.draft) || !editable(other.draft))
    return undefined;
  const [earlier, later] =
    own.draft.updatedAt <= other.draft.updatedAt ? [own, other] : [other, own];
  return { earlier, later, differences: compareDrafts(earlier.draft, later.draft) };
}

function editable({ handedOverAt, receipt, manifest }: Draft): boolean {
  return handedOverAt === undefined && receipt === undefined && manifest === undefined;
}

/**
 * One application of two, in the place of the earlier; the other ends once the whole is on the disk. The local name of
 * what is left. After a failure both stand as they were.
 */
export async function joinTwins(
  device: Pick<Device, 'openVisit'>,
  { earlier, later }: Twins,
  choose: Choose,
  now: Date,
): Promise<Result<string, StoreFailure>> {
  const into = await device.openVisit(earlier.visit);
  const from = await device.openVisit(later.visit);
  const joined = mergeDrafts(earlier.draft, later.draft, choose, now);
  const there = addressesOf(earlier.draft);
  for (const address of addressesOf(joined)) {
    if (there.has(address)) continue;
    const bytes = await from.drafts.getFile(address);
    if (bytes === undefined) return err('storage-refused');
    const kept = await into.drafts.putFile(address, bytes);
    if (!kept.ok) return kept;
  }
  const saved = await into.drafts.save(joined);
  if (!saved.ok) return saved;
  await from.end();
  return ok(earlier.visit);
}

function addressesOf({ materials }: Draft): ReadonlySet<FileAddress> {
  return new Set(
    Object.values(materials).flatMap(({ files }) =>
      files.map(({ address }) => address as FileAddress),
    ),
  );
}
