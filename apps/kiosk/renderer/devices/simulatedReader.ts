import { type Clock, type IdReader, systemTimer } from '@tongban/core';
import { openCardReader, type SamHands, simulatedSam } from '@tongban/core/reader';
import { chipOf, type SimulatedCard } from './cards.ts';

/** What the panel does to the simulated reader. */
export interface ReaderHands extends Omit<SamHands, 'insert' | 'refuse' | 'mute'> {
  insert(card: SimulatedCard): void;
}

/** The driver of a real reader before a simulated one, which names itself as such in the evidence. */
export function simulatedReader(clock: Clock): { reader: IdReader; hands: ReaderHands } {
  const { open, hands } = simulatedSam();
  return {
    reader: openCardReader({ open, clock, timer: systemTimer }),
    hands: { ...hands, insert: (card) => hands.insert(chipOf(card)) },
  };
}
