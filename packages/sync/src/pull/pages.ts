import { err, ok, type Result } from '@tongban/core';
import type { Centre } from '../centre/centre.ts';
import type { CentreFailure } from '../centre/request.ts';
import type { ChangesAnswer, Checkpoint, Scope } from '../protocol/index.ts';

const rowsAPage = 500;

/** A page, and whether the centre turned out to live another life than the checkpoint was of. */
export interface Page extends ChangesAnswer {
  readonly otherLife: boolean;
}

/** The next page that has rows, or the last one ([P2]). After a change of epoch the one from the beginning ([E2]). */
export async function nextPage(
  centre: Pick<Centre, 'changes'>,
  scope: Scope,
  checkpoint: Checkpoint | undefined,
  signal: AbortSignal,
): Promise<Result<Page, CentreFailure>> {
  let from = checkpoint;
  let otherLife = false;
  for (;;) {
    const answered = await centre.changes(scope, from, rowsAPage, signal);
    if (!answered.ok) return answered;
    const { rows, checkpoint: to, complete } = answered.value;
    if (from !== undefined && to.epoch !== from.epoch) {
      // Whatever this page holds, the beginning of a new life is at 0.
      otherLife = true;
      from = undefined;
      continue;
    }
    if (rows.length > 0 || complete) return ok({ ...answered.value, otherLife });
    if (to.seq <= (from?.seq ?? 0)) return err({ kind: 'fault', why: 'not-the-centre' });
    from = to;
  }
}
