import {
  type BeginFailure,
  beginVisit,
  type Catalogue,
  type Clock,
  channels,
  type Filing,
  type IdReader,
  type KeyVault,
  type Language,
  ok,
  type Random,
  type Result,
  type Target,
  type TrustList,
  type Visit,
  type VisitPorts,
} from '@tongban/core';
import type { PaperFonts } from '@tongban/core/document';
import type { Device, VisitSpace } from '@tongban/sync';
import type { SimulatedCard } from '../../devices/cards.ts';
import { isFor } from './whose.ts';

/** What the counter's page needs from the machine it runs on. */
export interface CounterPlace {
  readonly device: Device;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly random: Random;
  readonly appVersion: string;
  /** Whose credentials count here. */
  readonly trust: TrustList;
  readonly fonts: () => Promise<PaperFonts>;
  readonly reader?: IdReader;
  /** Puts made-up cards on the simulated reader; only in a demonstration. */
  readonly simulator?: ReaderSimulator;
}

export interface ReaderSimulator {
  readonly cards: readonly SimulatedCard[];
  insert(card: SimulatedCard): void;
  lift(): void;
}

/** An application that staff fill in with the citizen, on this machine, until it is handed in. */
export interface OpenFiling {
  readonly id: string;
  readonly visit: Visit;
  /** Resolves when another window of this machine has opened it: from then on it is written there. */
  readonly taken: Promise<void>;
}

/** Applications begun at this window: each in a space and under a key of its own, so that closing it leaves noise. */
export interface Filings {
  catalogue(): Catalogue;
  begin(
    target: Target,
    filing: Filing,
    language: Language,
  ): Promise<Result<OpenFiling, BeginFailure>>;
  /** What this clerk left behind here, or was handed; empty spaces are ended on the way. */
  left(account: string): Promise<readonly string[]>;
  /** `undefined` when nothing is left of it. */
  open(id: string): Promise<Result<OpenFiling, BeginFailure> | undefined>;
  end(id: string): Promise<void>;
}

export function openFilings(place: CounterPlace): Filings {
  const { device } = place;

  const ports = (space: VisitSpace): VisitPorts => ({
    clock: place.clock,
    random: place.random,
    vault: place.vault,
    store: space.drafts,
    outbox: device.outbox,
    catalogue: device.catalogue(),
    channel: channels.counter,
    appVersion: place.appVersion,
    centreKey: async () => device.centreKey(),
    fonts: place.fonts,
  });

  return {
    catalogue: () => device.catalogue(),
    async begin(target, filing, language) {
      const space = await device.openVisit();
      const begun = await beginVisit(ports(space), target, { language, filing });
      if (begun.ok) return ok({ id: space.id, visit: begun.value, taken: space.taken });
      await space.end();
      return begun;
    },
    async left(account) {
      const found: string[] = [];
      for (const id of await device.leftVisits()) {
        const [draft] = await device.peekVisit(id);
        // A power cut between the receipt and the end leaves what nobody needs any more.
        if (draft === undefined || draft.receipt !== undefined) {
          await (await device.openVisit(id)).end();
        } else if (isFor(account, draft)) found.push(id);
      }
      return found;
    },
    async open(id) {
      const space = await device.openVisit(id);
      const [draft] = await space.drafts.list();
      if (draft === undefined) {
        await space.end();
        return undefined;
      }
      const begun = await beginVisit(ports(space), draft);
      return begun.ok ? ok({ id, visit: begun.value, taken: space.taken }) : begun;
    },
    async end(id) {
      const space = await device.openVisit(id);
      await space.end();
    },
  };
}
