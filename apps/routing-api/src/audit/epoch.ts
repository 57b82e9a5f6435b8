import { base64url, type Clock, genesis, type Random } from '@tongban/core';
import type { Database, Unit } from '../database/database.ts';
import { type Anchor, forgetAnchors, leftBehind, readAnchors } from './anchor.ts';

/**
 * Founds the centre on first start, and gives it a new epoch when the database is older than what the data folder
 * remembers: it was restored from a backup, so terminals must offer again what they hold.
 */
export async function settleEpoch(
  database: Database,
  dataFolder: string,
  clock: Clock,
  random: Random,
): Promise<'founded' | 'same' | 'restored'> {
  const anchors = await readAnchors(dataFolder);
  const outcome = await database.transaction<'founded' | 'same' | 'restored'>(async (unit) => {
    const fresh = base64url(random.bytes(12));
    await unit.query('insert into audit_head (seq, hash) values (0, $1) on conflict do nothing', [
      genesis,
    ]);
    const founded = await unit.query(
      'insert into centre (epoch, founded_at) values ($1, $2) on conflict do nothing returning epoch',
      [fresh, clock.now().toISOString()],
    );
    const note = {
      actor: 'centre',
      subject: 'centre',
      correlation: fresh,
      detail: { epoch: fresh },
    };
    if (founded.rowCount === 1) {
      unit.audit({ ...note, event: 'centre.founded' });
      // A data folder that remembers a chain is not new, even when its database is.
      if (anchors.length === 0) return 'founded';
    } else {
      if (await allKept(unit, anchors)) return 'same';
      await unit.query('update centre set epoch = $1', [fresh]);
    }
    const remembered = Math.max(0, ...anchors.map(({ head }) => head?.seq ?? 0));
    unit.audit({ ...note, event: 'centre.restored', detail: { epoch: fresh, remembered } });
    return 'restored';
  });
  // A new life is noticed once: who remembers more than it has is answered for.
  if (outcome === 'restored') await forgetAnchors(anchors);
  else await forgetAnchors(await leftBehind(anchors, clock.now()));
  return outcome;
}

/** Whether the chain still has every link that was remembered. */
async function allKept(unit: Unit, anchors: readonly Anchor[]): Promise<boolean> {
  for (const { head } of anchors) {
    if (head === undefined) return false;
    const kept = await unit.query<{ hash: string }>('select hash from audit where seq = $1', [
      head.seq,
    ]);
    if (kept.rows[0]?.hash !== head.hash) return false;
  }
  return true;
}
