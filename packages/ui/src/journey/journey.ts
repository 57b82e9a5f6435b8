import type {
  Catalogue,
  Clock,
  DictionaryField,
  IdReader,
  Line,
  Outbox,
  PublicStatus,
  ReceiptPrinter,
  TrustList,
  Visit,
  VisitSnapshot,
} from '@tongban/core';
import type { PaperFonts } from '@tongban/core/document';
import { createContext, use, useSyncExternalStore } from 'react';

/** What has fewer touches than a form, so that an idle countdown waits longer for it. */
export type Hold = 'scanning' | 'signing' | 'printing';

/** What a journey needs from the place it happens in. */
export interface JourneyPlace {
  /** What the application follows now. */
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly line: Line;
  readonly outbox: Outbox;
  /** Whose credentials and e-certificates count here. */
  readonly trust: TrustList;
  /** The fonts of the papers, for a name that is typed instead of drawn. */
  readonly fonts: () => Promise<PaperFonts | undefined>;
  readonly reader?: IdReader;
  readonly printer?: ReceiptPrinter;
  /** Public status as this device last knew it. */
  readonly lastKnown: (
    receiptNumber: string,
  ) => Promise<{ readonly cases: readonly PublicStatus[]; readonly asOf: string } | undefined>;
  readonly watchStatus: (listener: () => void) => () => void;
  /** Says that something runs that idling waits longer for; the answer says that it is over. */
  readonly hold: (why: Hold) => () => void;
  /** Moves the draft to another device. */
  readonly onHandOver?: () => void;
}

interface Journey {
  readonly visit: Visit;
  readonly place: JourneyPlace;
}

export const JourneyContext = createContext<Journey | undefined>(undefined);

export function useJourney(): Journey {
  const journey = use(JourneyContext);
  if (journey === undefined) throw new Error('useJourney outside of <Journey>');
  return journey;
}

/** What the visit looks like now. */
export function useSnapshot(visit: Visit): VisitSnapshot {
  return useSyncExternalStore(
    (listener) => visit.subscribe(listener),
    () => visit.snapshot(),
  );
}

/** A field of the catalogue's dictionary; the catalogue's check has made sure that it is there. */
export function fieldOf(catalogue: Catalogue, id: string): DictionaryField {
  const field = catalogue.dictionary.find((each) => each.id === id);
  if (field === undefined) throw new Error(`No field ${id} in the dictionary`);
  return field;
}
