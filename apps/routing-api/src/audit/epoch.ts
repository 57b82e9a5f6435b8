import { base64url, type Clock, genesis, type Random } from '@tongban/core';
import type { Database } from '../database/database.ts';
import { readAnchor } from './anchor.ts';

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
  const anchor = await readAnchor(dataFolder);
  return database.transaction(async (unit) => {
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
      if (anchor === undefined) return 'founded';
      unit.audit({
        ...note,
        event: 'centre.restored',
        detail: { epoch: fresh, remembered: anchor.seq },
      });
      return 'restored';
    }
    if (anchor === undefined) return 'same';
    const kept = await unit.query<{ hash: string }>('select hash from audit where seq = $1', [
      anchor.seq,
    ]);
    if (kept.rows[0]?.hash === anchor.hash) return 'same';
    await unit.query('update centre set epoch = $1', [fresh]);
    unit.audit({
      ...note,
      event: 'centre.restored',
      detail: { epoch: fresh, remembered: anchor.seq },
    });
    return 'restored';
  });
}
