import type { KeyVault, TrustList } from '@tongban/core';
import Type from 'typebox';
import Value from 'typebox/value';
import type { Rows } from '../storage/rows.ts';
import type { PulledRow } from './scope.ts';

/** The settings row in which the centre names whose credentials count. */
const name = 'trust';

const Trust = Type.Object({
  demonstration: Type.Boolean(),
  issuers: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      kinds: Type.Array(Type.String()),
      keys: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    }),
  ),
});

/** Before anybody has said who issues credentials, nobody does. */
export const nobody: TrustList = { demonstration: false, issuers: [] };

export interface TrustInForce {
  get(): TrustList;
  close(): void;
}

/**
 * [P12] Whose credentials count here: those that the centre named last, before its first word those that the app was
 * built with. A production terminal never takes a demonstration's list, whoever says it.
 */
export async function openTrust(
  rows: Rows<PulledRow>,
  shipped: TrustList,
  vault: Pick<KeyVault, 'kind'>,
): Promise<TrustInForce> {
  let inForce = shipped;

  function take(row: PulledRow | undefined): void {
    // What the centre took back counts no more.
    if (row === undefined) inForce = nobody;
    else if (Value.Check(Trust, row.body) && mayTake(row.body)) inForce = row.body as TrustList;
  }

  function mayTake({ demonstration }: Pick<TrustList, 'demonstration'>): boolean {
    return !demonstration || vault.kind !== 'terminal';
  }

  let heard = false;
  const unwatch = rows.watch((id, row) => {
    if (id !== name) return;
    heard = true;
    take(row);
  });
  const kept = await rows.get(name);
  if (kept !== undefined && !heard) take(kept);

  return { get: () => inForce, close: unwatch };
}
