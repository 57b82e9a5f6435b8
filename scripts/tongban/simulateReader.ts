import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chips } from '@tongban/core/testing';
import { chipOf, simulatedCards } from '../../apps/kiosk/renderer/devices/cards.ts';
import { type ReaderAt, readerAt } from '../../tests/support/readerAt.ts';
import { Objection, say } from '../words/index.ts';
import type { Command, Output } from './command.ts';

/** Made-up cards, by what they are called here. */
const cards = new Map([
  ...simulatedCards.map((card) => [card.id as string, chipOf(card)] as const),
  ['hong-kong', { text: chips.fromHongKong }],
  ['foreigner-2017', { text: chips.foreigner2017 }],
  ['foreigner-2023', { text: chips.foreigner2023 }],
  ['contradiction', { text: { ...chips.resident, birth: '19940313' } }],
]);
/** A message that began and came to nothing. */
const noise = Uint8Array.of(0xff, 0xaa, 0xaa, 0xaa, 0x96, 0x69, 0x00, 0x04, 0x00);

/** `tongban simulate-reader PATH`: a card reader that a terminal opens as its device, moved by lines on the input until it ends. */
export const simulateReaderCommand: Command = {
  name: 'simulate-reader',
  usage: 'PATH',
  options: {},
  takes: [1, 1],
  async run({ positionals: [path = ''] }, out) {
    const lines = createInterface({ input: process.stdin });
    // What lies at the path goes with the reader, also when it is stopped by hand.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => lines.close());
    await simulateReader(resolve(path), lines, out);
    return 0;
  },
};

/** @throws Objection when something lies at `path` already. */
export async function simulateReader(
  path: string,
  lines: AsyncIterable<string>,
  out: Output,
): Promise<void> {
  if (existsSync(path)) throw new Objection(say('tongban', 'reader-path-taken', { path }));
  // The link of one that was killed leads nowhere.
  rmSync(path, { force: true });
  const reader = await readerAt(path);
  try {
    out.result(path);
    out.remark(say('tongban', 'reader-hands', { cards: [...cards.keys()].join(', ') }));
    for await (const line of lines) {
      const words = line.trim().split(/\s+/);
      if (!(await move(reader, words)))
        out.remark(say('tongban', 'reader-unknown-hand', { line: line.trim() }));
    }
  } finally {
    await reader.close();
  }
}

/** Does what a line says; false when it says nothing that can be done. */
async function move(reader: ReaderAt, [hand, name = '']: readonly string[]): Promise<boolean> {
  switch (hand) {
    case 'insert': {
      const card = cards.get(name);
      if (card !== undefined) reader.hands.insert(card);
      return card !== undefined;
    }
    case 'lift':
      reader.hands.lift();
      return true;
    case 'smudge':
      reader.hands.smudge();
      return true;
    case 'noise':
      reader.hands.noise(noise);
      return true;
    case 'unlicensed':
    case 'licensed':
      reader.hands.refuse('find', hand === 'unlicensed' ? 0x66 : undefined);
      reader.hands.refuse('status', hand === 'unlicensed' ? 0x66 : undefined);
      return true;
    case 'unplug':
    case 'plug':
      await reader.plug(hand === 'plug');
      return true;
    default:
      return hand === '';
  }
}
