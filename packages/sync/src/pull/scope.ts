import type { RxCollection } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import type { Centre } from '../centre/centre.ts';
import type { CentreFailure } from '../centre/request.ts';
import type { ChangedRow, Checkpoint, Scope } from '../protocol/index.ts';
import { type Row, rowsOf } from '../storage/rows.ts';
import { nextPage, type Page } from './pages.ts';

/** A row of what the server owns, as it came. */
export interface PulledRow extends Row {
  readonly seq: number;
  /** Life of the centre's database that it was pulled from. */
  readonly epoch: string;
  readonly body: unknown;
}

export type PullOutcome =
  | { readonly kind: 'complete'; readonly epoch: string }
  | { readonly kind: 'failed'; readonly why: CentreFailure | 'store' }
  /** RxDB holds its breath while nobody sees the page. */
  | { readonly kind: 'paused' };

export interface ScopePull {
  /** Pulls page after page until the centre says that this is all. */
  pull(): Promise<PullOutcome>;
  /** Where the last complete pull of this start ended. */
  upTo(): Checkpoint | undefined;
  /** Breaks off what is under way, so that `pull` resolves soon. */
  abort(): void;
  stop(): Promise<void>;
}

/** More than any page holds: RxDB takes a page shorter than this for the last of a run. */
const never = 1_000_000;

/**
 * Pull-only replication of one scope of few rows on RxDB's primitive. RxDB fetches the next page while it still writes the last one,
 * and a page that cannot be written is lost when the next one moves the checkpoint on; it also takes a short page for
 * the end. So each run here is one page, and the next begins when that one is on the disk ([P2], [P3]).
 */
export function replicateScope(
  scope: Exclude<Scope, 'status'>,
  collection: RxCollection<Row>,
  centre: Centre,
): ScopePull {
  const rows = rowsOf<PulledRow>(collection);
  let page: Page | undefined;
  let upTo: Checkpoint | undefined;
  let failure: CentreFailure | 'store' | undefined;
  let started = false;
  const stopped = new AbortController();
  /** Resolves when the centre has been asked. */
  let asked = Promise.withResolvers<void>();
  /** A new life of the centre's database, or one we never finished pulling: old rows may be left over. */
  let mayHoldOld: boolean | undefined;

  const replication = replicateRxCollection<Row, Checkpoint>({
    collection,
    replicationIdentifier: `tongban-${scope}`,
    autoStart: false,
    waitForLeadership: false,
    // Otherwise RxDB makes mouse movements every 20 s against hibernation, and a kiosk never falls idle ([P9]).
    toggleOnDocumentVisible: true,
    pull: {
      batchSize: never,
      handler: async (checkpoint) => {
        // With nothing here and nothing pulled before, there is nothing old either.
        mayHoldOld ??= checkpoint !== undefined || (await collection.count().exec()) > 0;
        const answered = await nextPage(centre, scope, checkpoint, stopped.signal);
        asked.resolve();
        if (!answered.ok) {
          failure = answered.error;
          return { documents: [], checkpoint };
        }
        page = answered.value;
        mayHoldOld ||= page.otherLife;
        const { epoch } = page.checkpoint;
        return {
          documents: page.rows.map((row) => documentOf(row, epoch)),
          checkpoint: page.checkpoint,
        };
      },
    },
  });
  const errors = replication.error$.subscribe(() => {
    failure = 'store';
  });

  /** One page, until it is on the disk. RxDB's `awaitInSync` would wait for a moment in which nobody reads or writes. */
  async function run(): Promise<void> {
    page = undefined;
    failure = undefined;
    if (replication.isPaused()) return;
    asked = Promise.withResolvers();
    if (started) replication.reSync();
    else await replication.start();
    started = true;
    await asked.promise;
    await replication.internalReplicationState?.streamQueue.down;
    await replication.internalReplicationState?.checkpointQueue;
  }

  async function pull(): Promise<PullOutcome> {
    for (;;) {
      await run();
      if (failure !== undefined) return { kind: 'failed', why: failure };
      if (page === undefined) return { kind: 'paused' };
      if (!page.complete) continue;
      const { epoch } = page.checkpoint;
      if (mayHoldOld && !(await dropOld(epoch))) return { kind: 'failed', why: 'store' };
      mayHoldOld = false;
      upTo = page.checkpoint;
      return { kind: 'complete', epoch };
    }
  }

  /** Rows that the centre did not mention since its new life began are no more. */
  async function dropOld(epoch: string): Promise<boolean> {
    const old = (await rows.all()).filter((row) => row.epoch !== epoch);
    return (await rows.remove(old.map(({ id }) => id))).ok;
  }

  function abort(): void {
    stopped.abort();
    asked.resolve();
  }

  return {
    pull,
    upTo: () => upTo,
    abort,
    async stop() {
      abort();
      errors.unsubscribe();
      await replication.cancel();
    },
  };
}

function documentOf({ id, seq, deleted, body }: ChangedRow, epoch: string) {
  return { id, seq, epoch, body, _deleted: deleted };
}
