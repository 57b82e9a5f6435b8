import { expect, test } from 'vitest';
import { simulatedCards } from './cards.ts';
import { simulatedReader } from './simulatedReader.ts';

const clock = { now: () => new Date('2026-11-23T06:40:00Z') };

test.each(simulatedCards)(
  'reads all that the card $id says, through the driver of a real reader',
  async (card) => {
    const { reader, hands } = simulatedReader(clock);
    hands.insert(card);
    expect(await reader.read(new AbortController().signal)).toEqual({
      ok: true,
      value: {
        source: 'card-reader',
        assurance: 'verified',
        readAt: '2026-11-23T06:40:00.000Z',
        device: 'simulated',
        attributes: card.attributes,
      },
    });
  },
);
