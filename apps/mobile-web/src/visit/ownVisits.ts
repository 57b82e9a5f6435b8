import {
  type BeginFailure,
  beginVisit,
  type Channel,
  channels,
  type Draft,
  type KeyVault,
  type Language,
  ok,
  type Result,
  systemClock,
  systemRandom,
  type Target,
  type Visit,
  type VisitPorts,
} from '@tongban/core';
import type { Device, HandoverFailure, VisitSpace } from '@tongban/sync';
import type { HandoverCode } from './handoverCode.ts';
import { paperFonts } from './paperFonts.ts';

/** An application that is not handed in yet. */
export interface Unfinished {
  /** Its local name, as in the address of its screen. */
  readonly visit: string;
  readonly draft: Draft;
}

export interface OpenVisit {
  readonly visit: Visit;
  readonly space: VisitSpace;
}

/** The applications begun on this phone, each in a space and under a key of its own. */
export interface OwnVisits {
  /** Newest first. */
  unfinished(): Promise<readonly Unfinished[]>;
  begin(target: Target, language: Language): Promise<Result<string, BeginFailure>>;
  /** `undefined` when it has ended. */
  open(id: string): Promise<Result<OpenVisit, BeginFailure> | undefined>;
  /** Takes a draft over from another device; the local name it has here. */
  take(code: string): Promise<Result<string, HandoverFailure>>;
  /** Offers it to another device; here it can only be looked at from then on. `undefined` when it has ended. */
  give(id: string): Promise<Result<HandoverCode, 'no-line'> | undefined>;
  /** Makes it writable here again. Ask the centre first whether somebody took it. */
  takeBack(id: string): Promise<void>;
  /** Destroys its key, then what it stored. */
  end(id: string): Promise<void>;
  /** What sealing something that belongs to no visit needs. */
  ports(): Omit<VisitPorts, 'store'>;
  /** Calls back whenever the list may have changed. */
  watch(listener: () => void): () => void;
}

export function openOwnVisits(device: Device, vault: KeyVault): OwnVisits {
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  function ports(): Omit<VisitPorts, 'store'> {
    return {
      clock: systemClock,
      random: systemRandom,
      vault,
      outbox: device.outbox,
      catalogue: device.catalogue(),
      channel: channelOf(),
      appVersion: __APP_VERSION__,
      centreKey: async () => device.enrolment()?.centreKey,
      fonts: paperFonts,
    };
  }

  async function draftOf(space: VisitSpace): Promise<Draft | undefined> {
    return (await space.drafts.list())[0];
  }

  async function end(id: string): Promise<void> {
    if ((await device.leftVisits()).includes(id)) await (await device.openVisit(id)).end();
    changed();
  }

  return {
    async unfinished() {
      const handedIn = new Set((await device.receipts.list()).map((receipt) => receipt.number));
      const found: Unfinished[] = [];
      for (const visit of await device.leftVisits()) {
        const space = await device.openVisit(visit);
        const draft = await draftOf(space);
        // A power cut between the receipt and the end of the visit leaves what nobody needs any more.
        if (draft === undefined || handedIn.has(draft.receiptNumber)) await space.end();
        else found.push({ visit, draft });
      }
      return found.toSorted((a, b) => b.draft.updatedAt.localeCompare(a.draft.updatedAt));
    },
    async begin(target, language) {
      const space = await device.openVisit();
      const begun = await beginVisit({ ...ports(), store: space.drafts }, target, { language });
      if (!begun.ok) {
        await space.end();
        return begun;
      }
      changed();
      return ok(space.id);
    },
    async open(id) {
      if (!(await device.leftVisits()).includes(id)) return undefined;
      const space = await device.openVisit(id);
      const draft = await draftOf(space);
      if (draft === undefined) return undefined;
      const begun = await beginVisit({ ...ports(), store: space.drafts }, draft);
      return begun.ok ? ok({ visit: begun.value, space }) : begun;
    },
    async take(code) {
      const space = await device.openVisit();
      const taken = await device.handover.take(code, space.drafts);
      if (!taken.ok) {
        await space.end();
        return taken;
      }
      changed();
      return ok(space.id);
    },
    async give(id) {
      if (!(await device.leftVisits()).includes(id)) return undefined;
      const space = await device.openVisit(id);
      const draft = await draftOf(space);
      if (draft === undefined) return undefined;
      const given = await device.handover.give(draft, space.drafts);
      changed();
      return given;
    },
    async takeBack(id) {
      const space = await device.openVisit(id);
      const draft = await draftOf(space);
      if (draft?.handedOverAt === undefined) return;
      const { handedOverAt: _, ...back } = draft;
      await space.drafts.save(back);
      changed();
    },
    end,
    ports,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The wide window of a desk is the portal, everything else a phone. */
function channelOf(): Channel {
  return matchMedia('(min-width: 900px)').matches ? channels.portal : channels.phone;
}
