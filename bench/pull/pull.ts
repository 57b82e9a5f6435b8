import { join } from 'node:path';
import { type Bench, percentile } from '../../scripts/bench/bench.ts';
import { buildPage } from '../measuring/page.ts';
import { startFeed, statusRows } from './feed.ts';
import type { Peer } from './inPage.ts';

const documents = 10_000;
const rounds = 3;
const peers = ['ours', 'stock, sealed', 'stock, in clear'] as const satisfies readonly Peer[];

export const pullAbout = `First pull of ${documents.toLocaleString('en')} public status documents into a new database in Chromium, strict durability, AES-256-GCM, 500 documents a request, from a feed in memory; beside RxDB's own replication with the same storage and encryption, and in clear. Each in a browser of its own, in turn, median of ${rounds}.`;

export const pullMeasures = {
  'first pull: documents/s': { unit: '/s' },
  'first pull: RxDB stock, sealed, documents/s': { unit: '/s' },
  'first pull: RxDB stock, in clear, documents/s': { unit: '/s' },
  'first pull: ours / RxDB stock, both sealed': { unit: '×', bound: { atLeast: 1.5 } },
} as const satisfies Bench['measures'];

export async function measurePulls(): Promise<Record<keyof typeof pullMeasures, number>> {
  const feed = await startFeed(statusRows(documents));
  const built = await buildPage(join(import.meta.dirname, 'inPage.ts'));
  const taken = new Map<Peer, number[]>();
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const peer of peers) {
        const { page, close } = await built.open();
        try {
          const ms = await page.evaluate(
            ([who, origin, wanted]) => window.measurePull(who, origin, wanted),
            [peer, feed.origin, documents] as const,
          );
          taken.set(peer, [...(taken.get(peer) ?? []), ms]);
        } finally {
          await close();
        }
      }
    }
  } finally {
    await built.stop();
    await feed.stop();
  }
  const rate = (peer: Peer) => (documents * 1000) / percentile(taken.get(peer) ?? [], 0.5);
  return {
    'first pull: documents/s': rate('ours'),
    'first pull: RxDB stock, sealed, documents/s': rate('stock, sealed'),
    'first pull: RxDB stock, in clear, documents/s': rate('stock, in clear'),
    'first pull: ours / RxDB stock, both sealed': rate('ours') / rate('stock, sealed'),
  };
}
