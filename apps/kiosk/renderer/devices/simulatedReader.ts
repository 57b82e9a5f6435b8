import { type Clock, err, type IdReader, ok } from '@tongban/core';
import type { SimulatedCard } from './cards.ts';

/** What the panel does to the simulated reader. */
export interface ReaderHands {
  insert(card: SimulatedCard): void;
  lift(): void;
  /** Unplugs the reader, or plugs it in again. */
  plug(plugged: boolean): void;
  /** Makes the next read fail, as a card that is moved does. */
  smudge(): void;
}

type Slot = { readonly card: SimulatedCard; readonly read: boolean } | undefined;

/**
 * A card reader without a card reader, driven by hand. Like a real one it reads a card once: it must be lifted
 * before it is read again. What it reads is named as simulated in the evidence.
 */
export function simulatedReader(clock: Clock): { reader: IdReader; hands: ReaderHands } {
  let slot: Slot;
  let plugged = true;
  let smudged = false;
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const look of [...waiting]) look();
  };

  const reader: IdReader = {
    read: (signal) =>
      new Promise((resolve) => {
        const done = (result: Awaited<ReturnType<IdReader['read']>>) => {
          waiting.delete(look);
          signal.removeEventListener('abort', stop);
          resolve(result);
        };
        const stop = () => done(undefined);
        const look = () => {
          if (!plugged) return done(err('no-reader'));
          if (slot === undefined || slot.read) return;
          slot = { card: slot.card, read: true };
          if (smudged) {
            smudged = false;
            return done(err('read-failed'));
          }
          done(
            ok({
              source: 'card-reader',
              assurance: 'verified',
              readAt: clock.now().toISOString(),
              device: 'simulated',
              attributes: { ...slot.card.attributes },
            }),
          );
        };
        if (signal.aborted) return resolve(undefined);
        signal.addEventListener('abort', stop);
        waiting.add(look);
        if (plugged && slot?.read) return done(err('lift-card'));
        look();
      }),
  };

  return {
    reader,
    hands: {
      insert(card) {
        slot = { card, read: false };
        changed();
      },
      lift() {
        slot = undefined;
        changed();
      },
      plug(now) {
        plugged = now;
        changed();
      },
      smudge() {
        smudged = true;
      },
    },
  };
}
