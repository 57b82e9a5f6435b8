import fontUrl from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import { expect, test } from 'vitest';
import { drawnFront, inkFont, photographedCard, printedCard } from '../testing/drawnCards.ts';
import type { CardEvidence } from './evidence.ts';

test('a card is read in a worker, and nothing comes from another host', async () => {
  const font = inkFont(new Uint8Array(await (await fetch(fontUrl)).arrayBuffer()));
  const card = printedCard(4);
  const how = { width: 1280, height: 720, share: 0.6, degrees: 7, noise: 15 };
  const frame = photographedCard(drawnFront(card, font, 4), how, 4);
  const worker = new Worker(new URL('../testing/cardWorker.ts', import.meta.url), {
    type: 'module',
  });
  try {
    const evidence = await new Promise<readonly CardEvidence[]>((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => resolve(data));
      worker.addEventListener('error', ({ message }) => reject(new Error(message)));
      worker.postMessage(frame);
    });
    expect(evidence).toMatchObject([{ source: 'card-front', assurance: 'read' }]);
    expect(evidence[0]?.fields).toContainEqual(
      expect.objectContaining({ name: 'residentId', value: card.number, check: 'passed' }),
    );
    expect(evidence[0]?.fields).toContainEqual(
      expect.objectContaining({ name: 'name', value: card.name }),
    );
  } finally {
    worker.terminate();
  }
  const hosts = performance.getEntriesByType('resource').map(({ name }) => new URL(name).host);
  expect(new Set(hosts)).toEqual(new Set([location.host]));
}, 60_000);
