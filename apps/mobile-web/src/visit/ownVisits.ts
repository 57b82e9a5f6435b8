import {
  type BeginFailure,
  beginVisit,
  type Channel,
  channels,
  type Draft,
  type DraftFile,
  err,
  type FileAddress,
  type KeyVault,
  type Language,
  ok,
  openFile,
  type Result,
  type StoreFailure,
  systemClock,
  systemRandom,
  type Target,
  type Visit,
  type VisitPorts,
} from '@tongban/core';
import {
  attempt,
  type Device,
  type GiveFailure,
  type HandoverFailure,
  type VisitSpace,
} from '@tongban/sync';
import { paperFonts } from './paperFonts.ts';
import { type Choose, findTwins, joinTwins, type Twins } from './twins.ts';

/** An application that is not handed in yet. */
export interface Unfinished {
  /** Its local name, as in the address of its screen. */
  readonly visit: string;
  readonly draft: Draft;
}

export interface OwnApplications {
  /** Newest first. */
  readonly unfinished: readonly Unfinished[];
  /** So many more were written by a newer version of the app, and wait for it. */
  readonly newer: number;
}

export interface OpenVisit {
  readonly visit: Visit;
  /** Resolves when another window took it over: from then on nothing can be saved here. */
  readonly taken: Promise<void>;
}

/** A code under which another device may fetch an application. */
export interface HandoverCode {
  readonly code: string;
  /** ISO 8601 instant. */
  readonly expiresAt: string;
}

/** The applications begun on this phone, each in a space and under a key of its own. */
export interface OwnVisits {
  own(): Promise<OwnApplications>;
  /** Ends what a power cut between the receipt and the end of a visit left behind. Call once, at the start. */
  tidy(): Promise<void>;
  /** Gives its local name. */
  begin(target: Target, language: Language): Promise<Result<string, BeginFailure>>;
  /** `gone`: it has ended. */
  open(id: string): Promise<Result<OpenVisit, BeginFailure | 'gone'>>;
  /** Offers it to another device; here it can only be looked at from then on. */
  give(id: string): Promise<Result<HandoverCode, GiveFailure>>;
  /** The code that it was offered under, if it was. */
  given(id: string): Promise<HandoverCode | undefined>;
  /** Makes it writable here although another device took it: both copies count from then on. */
  goOnHere(id: string): Promise<Result<unknown, string>>;
  /** Takes an application over from another device; the local name it has here. */
  take(code: string): Promise<Result<string, HandoverFailure>>;
  /** Makes one application of two copies. `moved-on`: one of them was written since they were looked at. */
  join(twins: Twins, choose: Choose): Promise<Result<string, StoreFailure | 'moved-on'>>;
  /** The bytes of a file of one of them, opened; `undefined` when it is not here. */
  openFile(id: string, file: DraftFile): Promise<Uint8Array | undefined>;
  /** Destroys its key, then what it stored. */
  end(id: string): Promise<void>;
  /** What sealing something that belongs to no visit needs. */
  ports(): Omit<VisitPorts, 'store'>;
  /** Tells everybody who watches that the list may have changed. */
  changed(): void;
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
      catalogue: device.catalogue,
      channel: channelOf(),
      appVersion: __APP_VERSION__,
      centreKey: async () => device.centreKey(),
      fonts: paperFonts,
    };
  }

  async function opened(id: string): Promise<{ space: VisitSpace; draft: Draft } | undefined> {
    if (!(await device.leftVisits()).includes(id)) return undefined;
    const space = await device.openVisit(id);
    const draft = (await space.drafts.list())[0];
    return draft === undefined ? undefined : { space, draft };
  }

  async function found(id: string): Promise<{ space: VisitSpace; draft: Draft }> {
    const here = await opened(id);
    if (here === undefined) throw new Error('This application has ended');
    return here;
  }

  async function end(id: string): Promise<void> {
    if ((await device.leftVisits()).includes(id)) await (await device.openVisit(id)).end();
    changed();
  }

  async function look(): Promise<OwnApplications & { readonly over: readonly string[] }> {
    const handedIn = new Set((await device.receipts.list()).map((receipt) => receipt.number));
    const unfinished: Unfinished[] = [];
    const over: string[] = [];
    let newer = 0;
    for (const visit of await device.leftVisits()) {
      const peeked = await device.peekVisit(visit);
      const [draft] = peeked.drafts;
      newer += peeked.newer;
      if (draft !== undefined && !handedIn.has(draft.receiptNumber))
        unfinished.push({ visit, draft });
      else if (peeked.newer === 0) over.push(visit);
    }
    unfinished.sort((a, b) => b.draft.updatedAt.localeCompare(a.draft.updatedAt));
    return { unfinished, newer, over };
  }

  async function own(): Promise<OwnApplications> {
    const { unfinished, newer } = await look();
    return { unfinished, newer };
  }

  const unfinished = async () => (await look()).unfinished;

  return {
    own,
    async tidy() {
      // A disk that refuses keeps what is over until the next start; that must not lock out what is open.
      for (const visit of (await look()).over) await attempt(async () => ok(await end(visit)));
    },
    begin: (target, language) =>
      attempt(async () => {
        const space = await device.openVisit();
        const begun = await beginVisit({ ...ports(), store: space.drafts }, target, { language });
        if (!begun.ok) {
          await space.end();
          return begun;
        }
        changed();
        return ok(space.id);
      }),
    open: (id) =>
      attempt(async () => {
        const here = await opened(id);
        if (here === undefined) return err('gone');
        const { space, draft } = here;
        const begun = await beginVisit({ ...ports(), store: space.drafts }, draft);
        return begun.ok ? ok({ visit: begun.value, taken: space.taken }) : begun;
      }),
    give: (id) =>
      attempt(async () => {
        const { space, draft } = await found(id);
        const given = await device.handover.give(draft, space.drafts);
        changed();
        return given;
      }),
    async given(id) {
      const here = await opened(id);
      return here && device.handover.given(here.draft.id, here.space.drafts);
    },
    goOnHere: (id) =>
      attempt(async () => {
        const { space, draft } = await found(id);
        const back = await device.handover.goOnHere(draft.id, space.drafts);
        changed();
        return back;
      }),
    take: (code) =>
      attempt(async () => {
        const space = await device.openVisit();
        const taken = await device.handover.take(code, space.drafts);
        if (!taken.ok) {
          await space.end();
          return taken;
        }
        // The copy that waited here for this very application has come back with it.
        for (const { visit, draft } of await unfinished())
          if (
            visit !== space.id &&
            draft.handedOverAt !== undefined &&
            draft.submissionId === taken.value.submissionId
          )
            await end(visit);
        changed();
        return ok(space.id);
      }),
    join: (twins, choose) =>
      attempt(async () => {
        const now = findTwins(await unfinished(), twins.earlier.visit);
        const same = (['earlier', 'later'] as const).every(
          (which) => now?.[which].draft.updatedAt === twins[which].draft.updatedAt,
        );
        if (!same) return err('moved-on');
        const joined = await joinTwins(device, twins, choose, systemClock.now());
        changed();
        return joined;
      }),
    async openFile(id, file) {
      const here = await opened(id);
      const bytes = await here?.space.drafts.getFile(file.address as FileAddress);
      const plain = bytes && (await openFile(file, bytes));
      return plain?.ok ? plain.value : undefined;
    },
    end,
    ports,
    changed,
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
