import {
  type BeginFailure,
  beginVisit,
  type Catalogue,
  type Clock,
  channels,
  type Filing,
  type HandScanner,
  type IdReader,
  type KeyVault,
  type Language,
  ok,
  type Random,
  type Result,
  type StoreFailure,
  type Target,
  type TrustList,
  type Visit,
  type VisitPorts,
} from '@tongban/core';
import type { PaperFonts } from '@tongban/core/document';
import { attempt, type Device, type HandoverFailure, type VisitSpace } from '@tongban/sync';
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
  readonly trust: () => TrustList;
  readonly fonts: () => Promise<PaperFonts | undefined>;
  /** Saves a file where the person says; false when they did not. */
  readonly saveFile: (name: string, parts: readonly Uint8Array<ArrayBuffer>[]) => Promise<boolean>;
  /** No page but its own can be shown here: staff sign in by a code. */
  readonly signsInByCode: boolean;
  readonly reader?: IdReader;
  readonly scanners: readonly HandScanner[];
  /** Puts made-up cards on the simulated reader; only in a demonstration. */
  readonly simulator?: ReaderSimulator;
}

export interface ReaderSimulator {
  readonly cards: readonly SimulatedCard[];
  insert(card: SimulatedCard): void;
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
  /** Goes on with what a kiosk or a phone gave out under a code; from then on it is filed with this person's help. */
  takeOver(
    code: string,
    filing: Filing,
  ): Promise<Result<OpenFiling, BeginFailure | HandoverFailure>>;
  /** What this clerk left behind here, or was handed; empty spaces are ended on the way. */
  left(account: string): Promise<Result<readonly string[], StoreFailure>>;
  /** `undefined` when nothing is left of it. */
  open(id: string): Promise<Result<OpenFiling | undefined, BeginFailure>>;
  end(id: string): Promise<Result<void, StoreFailure>>;
}

export function openFilings(place: CounterPlace): Filings {
  const { device } = place;

  const ports = (space: VisitSpace): VisitPorts => ({
    clock: place.clock,
    random: place.random,
    vault: place.vault,
    store: space.drafts,
    outbox: device.outbox,
    catalogue: device.catalogue,
    channel: channels.counter,
    appVersion: place.appVersion,
    centreKey: async () => device.centreKey(),
    fonts: place.fonts,
  });

  return {
    catalogue: () => device.catalogue(),
    begin: (target, filing, language) =>
      attempt(async () => {
        const space = await device.openVisit();
        const begun = await beginVisit(ports(space), target, { language, filing });
        if (begun.ok) return ok({ id: space.id, visit: begun.value, taken: space.taken });
        await space.end();
        return begun;
      }),
    takeOver: (code, filing) =>
      attempt(async () => {
        const space = await device.openVisit();
        const { id, taken } = space;
        const draft = await device.handover.take(code, space.drafts);
        const begun = draft.ok ? await beginVisit(ports(space), draft.value) : draft;
        if (!begun.ok) {
          await space.end();
          return begun;
        }
        const kept = await begun.value.setFiling(filing);
        if (kept.ok) return ok({ id, visit: begun.value, taken });
        await space.end();
        return kept;
      }),
    left: (account) =>
      attempt(async () => {
        const found: string[] = [];
        for (const id of await device.leftVisits()) {
          const { drafts, newer } = await device.peekVisit(id);
          const [draft] = drafts;
          if (newer > 0) continue;
          // A power cut between the receipt and the end leaves what nobody needs any more.
          if (draft === undefined || draft.receipt !== undefined) {
            await (await device.openVisit(id)).end();
          } else if (isFor(account, draft)) found.push(id);
        }
        return ok(found);
      }),
    open: (id) =>
      attempt(async () => {
        if ((await device.peekVisit(id)).newer > 0) return ok(undefined);
        const space = await device.openVisit(id);
        const [draft] = await space.drafts.list();
        if (draft === undefined) {
          await space.end();
          return ok(undefined);
        }
        const begun = await beginVisit(ports(space), draft);
        return begun.ok ? ok({ id, visit: begun.value, taken: space.taken }) : begun;
      }),
    end: (id) =>
      attempt(async () => {
        const space = await device.openVisit(id);
        await space.end();
        return ok(undefined);
      }),
  };
}
