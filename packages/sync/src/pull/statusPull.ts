import { ok, type Result } from '@tongban/core';
import Type, { type Static } from 'typebox';
import type { Centre } from '../centre/centre.ts';
import type { CentreFailure } from '../centre/request.ts';
import type { ChangesAnswer, Checkpoint } from '../protocol/index.ts';
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
  readonly rows: readonly PulledRow[];
  readonly checkpoint: Checkpoint;
  readonly complete: boolean;
  readonly otherLife: boolean;
}

type PulledRow = ChangesAnswer['rows'][number];

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
  let stand: Stand | undefined;
  /** Of another life than the centre's present one nothing can lie here. */
  let nothingOld = false;
  let known = false;
  let upTo: Checkpoint | undefined;

  async function nextBatch(from: Checkpoint | undefined): Promise<Result<Batch, CentreFailure>> {
    const found: PulledRow[] = [];
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
    const byDrawer = Map.groupBy(found, drawerOfRow);
    const gone = found.filter(({ deleted }) => deleted);
    if (gone.length > 0) {
      // A row that is gone does not say whose it was.
      const numbers = new Set(gone.map(({ id }) => id));
      for (const { id, cases } of await rows.all())
        if (Object.keys(cases).some((number) => numbers.has(number)))
          byDrawer.set(id, [...(byDrawer.get(id) ?? []), ...gone]);
    }
    const written = await rows.updateAll([...byDrawer.keys()], (id, drawer) =>
      withRows(id, drawer, byDrawer.get(id) ?? [], checkpoint.epoch),
    );
    if (!written.ok) return false;
    nothingOld &&= !otherLife;
    await remember({ ...checkpoint, whole: nothingOld });
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
    // What another tab pulled meanwhile counts too.
    const there = await kept.get(standName, Stand);
    if (!known || (there !== undefined && there.epoch === stand?.epoch && there.seq > stand.seq)) {
      stand = there;
      nothingOld = there?.whole ?? (await rows.all()).length === 0;
    }
    known = true;
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
    if (!nothingOld) {
      if (!(await dropOld(checkpoint.epoch))) return { kind: 'failed', why: 'store' };
      nothingOld = true;
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
