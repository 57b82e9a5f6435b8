import { join } from 'node:path';
import { type Bench, percentile } from '../../scripts/bench/bench.ts';
import { buildPage } from '../measuring/page.ts';
import { startFeed, statusRows } from './feed.ts';
import type { Peer } from './inPage.ts';
import { startPouchServer } from './pouchServer.ts';

const documents = 10_000;
const rounds = 3;
const peers = [
  'ours',
  'stock, sealed',
  'stock, in clear',
  'PouchDB',
] as const satisfies readonly Peer[];

export const pullAbout = `First pull of ${documents.toLocaleString('en')} public status documents into a new database in Chromium, strict durability, AES-256-GCM, 500 documents a request, from a feed in memory; beside RxDB's own replication with the same storage and encryption, and in clear, and beside PouchDB with its own server in memory, in clear and with the browser's relaxed durability, as it comes. Each in a browser of its own, in turn, median of ${rounds}.`;

export const pullMeasures = {
  'first pull: documents/s': { unit: '/s' },
  'first pull: RxDB stock, sealed, documents/s': { unit: '/s' },
  'first pull: RxDB stock, in clear, documents/s': { unit: '/s' },
  'first pull: PouchDB with its own server, documents/s': { unit: '/s' },
  'first pull: ours / RxDB stock, both sealed': { unit: '×', bound: { atLeast: 1.5 } },
  'first pull: ours, sealed / PouchDB, in clear': { unit: '×', aim: { atLeast: 2 } },
} as const satisfies Bench['measures'];

export async function measurePulls(): Promise<Record<keyof typeof pullMeasures, number>> {
  const rows = statusRows(documents);
  const feed = await startFeed(rows);
  const pouch = await startPouchServer(rows);
  const built = await buildPage(join(import.meta.dirname, 'inPage.ts'));
  const taken = new Map<Peer, number[]>();
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const peer of peers) {
        const { page, close } = await built.open();
        try {
          const ms = await page.evaluate(
            ([who, origin, wanted]) => window.measurePull(who, origin, wanted),
            [peer, peer === 'PouchDB' ? pouch.origin : feed.origin, documents] as const,
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
    await pouch.stop();
  }
  const rate = (peer: Peer) => (documents * 1000) / percentile(taken.get(peer) ?? [], 0.5);
  return {
    'first pull: documents/s': rate('ours'),
    'first pull: RxDB stock, sealed, documents/s': rate('stock, sealed'),
    'first pull: RxDB stock, in clear, documents/s': rate('stock, in clear'),
    'first pull: PouchDB with its own server, documents/s': rate('PouchDB'),
    'first pull: ours / RxDB stock, both sealed': rate('ours') / rate('stock, sealed'),
    'first pull: ours, sealed / PouchDB, in clear': rate('ours') / rate('PouchDB'),
  };
}
