import { shippedCatalogue } from '@tongban/catalogue';
import { describe, expect, test } from 'vitest';
import { memoryDisk, memoryRows } from '../testing/memory.ts';
import { openCatalogue } from './catalogue.ts';
import type { PulledRow } from './scope.ts';

function row(version: string, seq: number, more: object = {}): PulledRow {
  return { id: 'catalogue', seq, epoch: 'e', body: { ...shippedCatalogue, version, ...more } };
}

async function stage(version: string, kept?: PulledRow) {
  const rows = memoryRows(memoryDisk<PulledRow>());
  if (kept !== undefined) await rows.update(kept.id, () => kept);
  const catalogue = await openCatalogue(rows, { ...shippedCatalogue, version });
  return { rows, catalogue };
}

describe('catalogue in force', () => {
  test('[P5] before the centre spoke, the newer of shipped and kept', async () => {
    expect((await stage('2026.11.9')).catalogue.get().version).toBe('2026.11.9');
    expect((await stage('2026.11.9', row('2026.11.10', 1))).catalogue.get().version).toBe(
      '2026.11.10',
    );
    expect((await stage('2026.11.9', row('2026.11.8', 1))).catalogue.get().version).toBe(
      '2026.11.9',
    );
  });

  test('[P5] what the centre said since this start counts, even where it went back', async () => {
    const { rows, catalogue } = await stage('2026.11.9');
    await rows.update('catalogue', () => row('2026.11.10', 2));
    expect(catalogue.get().version).toBe('2026.11.10');
    await rows.update('catalogue', () => row('2026.11.7', 3));
    expect(catalogue.get().version).toBe('2026.11.7');

    const kept = await stage('2026.11.9', row('2026.11.8', 1));
    kept.catalogue.confirm();
    expect(kept.catalogue.get().version).toBe('2026.11.8');
  });

  test('[P5] one that fails its check is never in force; the last good one stays', async () => {
    const { rows, catalogue } = await stage('2026.11.9');
    await rows.update('catalogue', () => row('2026.11.10', 2));
    await rows.update('catalogue', () => row('2026.11.11', 3, { validUntil: 'some day' }));
    expect(catalogue.get().version).toBe('2026.11.10');
    await rows.update('catalogue', () => row('2026.11.12', 4, { items: [] }));
    expect(catalogue.get().version).toBe('2026.11.10');
    await rows.remove(['catalogue']);
    expect(catalogue.get().version).toBe('2026.11.10');
    catalogue.close();
  });
});
