import { ok, type Result } from '@tongban/core';
import Type, { type Static } from 'typebox';
import type { Centre } from '../centre/centre.ts';
import type { CentreFailure } from '../centre/request.ts';
import type { ChangedRow, Checkpoint } from '../protocol/index.ts';
import type { Kept } from '../storage/kept.ts';
import type { Rows } from '../storage/rows.ts';
import { type Drawer, drawerOfRow, ofLife, withRows } from './drawers.ts';
import { nextPage } from './pages.ts';
import type { PullOutcome, ScopePull } from './scope.ts';

/** Where the pull stands, under this name among what is kept. */
const standName = 'status-pulled';
const Stand = Type.Object({
  epoch: Type.String(),
  seq: Type.Integer(),
  /** Nothing of an older life of the centre lies here any more. */
  whole: Type.Boolean(),
});
type Stand = Static<typeof Stand>;

/** What goes to the disk in one transaction. */
interface Batch {
  readonly rows: readonly ChangedRow[];
  readonly checkpoint: Checkpoint;
  readonly complete: boolean;
  readonly otherLife: boolean;
}

export interface StatusPullOptions {
  readonly rows: Rows<Drawer>;
  readonly kept: Kept;
  readonly centre: Pick<Centre, 'changes'>;
  /** About so many rows are written together; what a cut or a kill may cost to be pulled once more. */
  readonly rowsAtOnce?: number;
}

/**
 * Pulls the public status into drawers. Of this scope there is so much that RxDB's replication, which keeps a second copy
 * of each document to tell conflicts by, takes several times as long; and there can be no conflicts. A drawer is changed
 * by whoever has its newest revision, so that two tabs at a time lose nothing of each other's; the checkpoint follows the
 * rows ([P3]).
 */
export function pullStatus(options: StatusPullOptions): ScopePull {
  const { rows, kept, centre, rowsAtOnce = 10_000 } = options;
  const stopped = new AbortController();
  /** Newer than what is kept where the disk refused it; `undefined` before the first page ever. */
  let stand: Stand | undefined;
  /** Whether something of an older life of the centre may lie here. `undefined` until the first pull of this start. */
  let mayHoldOld: boolean | undefined;
  let upTo: Checkpoint | undefined;

  async function nextBatch(from: Checkpoint | undefined): Promise<Result<Batch, CentreFailure>> {
    const found: ChangedRow[] = [];
    let at = from;
    let otherLife = false;
    for (;;) {
      const page = await nextPage(centre, 'status', at, stopped.signal);
      if (!page.ok) {
        // What has come already is not thrown away; the next question fails again if it must.
        if (at === undefined || found.length === 0) return page;
        return ok({ rows: found, checkpoint: at, complete: false, otherLife });
      }
      if (page.value.otherLife) {
        otherLife = true;
        found.length = 0;
      }
      found.push(...page.value.rows);
      at = page.value.checkpoint;
      if (page.value.complete || found.length >= rowsAtOnce)
        return ok({ rows: found, checkpoint: at, complete: page.value.complete, otherLife });
    }
  }

  async function write({ rows: found, checkpoint, otherLife }: Batch): Promise<boolean> {
    const gone = found.filter(({ deleted }) => deleted);
    const byDrawer = Map.groupBy(
      found.filter(({ deleted }) => !deleted),
      drawerOfRow,
    );
    if (gone.length > 0) {
      // A row that is gone does not say whose it was.
      for (const { id, cases } of await rows.all())
        if (gone.some(({ id: number }) => number in cases))
          byDrawer.set(id, [...(byDrawer.get(id) ?? []), ...gone]);
    }
    const written = await rows.updateAll([...byDrawer.keys()], (id, drawer) =>
      withRows(id, drawer, byDrawer.get(id) ?? [], checkpoint.epoch),
    );
    if (!written.ok) return false;
    mayHoldOld ||= otherLife;
    await remember({ ...checkpoint, whole: !mayHoldOld });
    return true;
  }

  /** A checkpoint that the disk refuses is only an older one: the rows are pulled again. */
  async function remember(next: Stand): Promise<void> {
    stand = next;
    await kept.set(standName, next);
  }

  /** Rows that the centre did not mention since its new life began are no more. */
  async function dropOld(epoch: string): Promise<boolean> {
    const all = await rows.all();
    const old = all.filter((drawer) => ofLife(drawer, epoch) !== drawer).map(({ id }) => id);
    const written = await rows.updateAll(old, (_, drawer) => drawer && ofLife(drawer, epoch));
    return written.ok;
  }

  async function pull(): Promise<PullOutcome> {
    const there = await kept.get(standName, Stand);
    // What another tab pulled meanwhile counts too.
    const isNewer = there?.epoch === stand?.epoch && (there?.seq ?? 0) > (stand?.seq ?? 0);
    if (mayHoldOld === undefined || isNewer) {
      stand = there;
      mayHoldOld = there === undefined ? (await rows.all()).length > 0 : !there.whole;
    }
    let batch = await nextBatch(stand);
    for (;;) {
      if (!batch.ok) return { kind: 'failed', why: batch.error };
      const { checkpoint, complete } = batch.value;
      // Asked for while this one is written, and thrown away should that fail.
      const ahead = complete ? undefined : nextBatch(checkpoint);
      if (!(await write(batch.value))) {
        await ahead;
        return { kind: 'failed', why: 'store' };
      }
      if (ahead === undefined) return finish(checkpoint);
      batch = await ahead;
    }
  }

  async function finish(checkpoint: Checkpoint): Promise<PullOutcome> {
    if (mayHoldOld) {
      if (!(await dropOld(checkpoint.epoch))) return { kind: 'failed', why: 'store' };
      mayHoldOld = false;
      await remember({ ...checkpoint, whole: true });
    }
    upTo = checkpoint;
    return { kind: 'complete', epoch: checkpoint.epoch };
  }

  return {
    pull,
    upTo: () => upTo,
    abort: () => stopped.abort(),
    stop: async () => stopped.abort(),
  };
}
