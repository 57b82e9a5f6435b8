import { type Catalogue, checkCatalogue } from '@tongban/core';
import type { Rows } from '../storage/rows.ts';
import type { PulledRow } from './scope.ts';

export interface CatalogueInForce {
  get(): Catalogue;
  /** The centre has spoken in this start: what lies here is what it wants. */
  confirm(): void;
  close(): void;
}

/**
 * [P5] The catalogue that counts here. What the centre said since this start is in force, even where it went back to an
 * older version; before that the newer of the shipped and the kept one. One that fails its check is never in force.
 */
export async function openCatalogue(
  rows: Rows<PulledRow>,
  shipped: Catalogue,
): Promise<CatalogueInForce> {
  const pulled = new Map<string, PulledRow>();
  let confirmed = false;
  let inForce = shipped;

  const unwatch = rows.watch((id, row) => {
    if (row === undefined) pulled.delete(id);
    else pulled.set(id, row);
    // Whichever tab pulled it, it came in this start.
    confirmed = true;
    choose();
  });
  for (const row of await rows.all()) if (!pulled.has(row.id)) pulled.set(row.id, row);
  choose();

  function choose(): void {
    const newest = [...pulled.values()].toSorted((a, b) => b.seq - a.seq)[0];
    if (newest === undefined) return;
    const checked = checkCatalogue(newest.body);
    // The last good one stays.
    if (!checked.ok) return;
    if (confirmed || isNewer(checked.value.version, shipped.version)) inForce = checked.value;
  }

  return {
    get: () => inForce,
    confirm() {
      if (confirmed) return;
      confirmed = true;
      choose();
    },
    close: unwatch,
  };
}

/** Versions compare part by part, numbers as numbers: 2026.11.10 is newer than 2026.11.9. */
function isNewer(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) > 0;
}
