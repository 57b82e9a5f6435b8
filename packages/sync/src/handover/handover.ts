import {
  asDeclared,
  type Clock,
  type Draft,
  type DraftStore,
  err,
  type FileAddress,
  ok,
  type Random,
  type Result,
  type StoreFailure,
  uuid,
} from '@tongban/core';
import type { Centre } from '../centre/centre.ts';
import type { CentreFailure } from '../centre/request.ts';
import type { GiveFailure, Handover, HandoverFailure } from '../device.ts';
import type { HandoverState } from '../protocol/index.ts';
import { filesOfDraft, type HeldDraftStore } from '../visit/draftStore.ts';
import { makeCode, readCode, writeCode } from './code.ts';
import { openParcel, packParcel } from './parcel.ts';

export interface HandoverOptions {
  readonly centre: Centre;
  readonly clock: Clock;
  readonly random: Random;
  /** Drafts of the visits that are open in this tab. */
  readonly stores: () => Promise<readonly HeldDraftStore[]>;
}

export function createHandover({ centre, clock, random, stores }: HandoverOptions): Handover {
  async function give(draft: Draft, from: DraftStore): ReturnType<Handover['give']> {
    const store = ours(from);
    if (draft.handedOverAt !== undefined) throw new Error('This draft was handed over already');
    const files = await filesFrom(draft, from);
    if (files === undefined) return err('storage-refused');
    const key = makeCode(random);
    const parcel = await packParcel({ draft, files }, key, random);
    const put = await centre.putParcel(key.locator, parcel);
    if (!put.ok) return err(giveFailure(put.error));
    const given = { code: writeCode(key), expiresAt: put.value.expiresAt };
    // Only now: until somebody can see the code nobody else can write, and a lost answer must not lock the draft.
    const saved = await store.saveGiven(
      { ...draft, handedOverAt: clock.now().toISOString() },
      given,
    );
    if (saved.ok) return ok(given);
    await centre.reclaimParcel(key.locator);
    return saved;
  }

  async function take(code: string, into: DraftStore): Promise<Result<Draft, HandoverFailure>> {
    const key = readCode(code);
    if (key === undefined) return err('unknown-code');
    const taken = await centre.takeParcel(key.locator);
    if (!taken.ok) return err(takeFailure(taken.error));
    const parcel = await openParcel(taken.value.bytes, key);
    if (parcel === undefined) return err('unknown-code');
    // From here a failure loses nothing: this device may take the parcel again.
    for (const [address, bytes] of parcel.files) {
      const kept = await into.putFile(address, bytes);
      if (!kept.ok) return kept;
    }
    const draft = await placed(believed(parcel.draft, taken.value.givenInHall), into);
    const saved = await ours(into).saveGiven(draft, undefined);
    return saved.ok ? ok(draft) : saved;
  }

  /** [H9] Whoever shows a code may have packed anything: what a phone says it read is only declared here. */
  function believed(draft: Draft, givenInHall: boolean): Draft {
    return givenInHall ? draft : { ...draft, evidence: draft.evidence.map(asDeclared) };
  }

  /** [H5] In the place of the copy that waits for it, beside one that can still be edited. */
  async function placed(newcomer: Draft, into: DraftStore): Promise<Draft> {
    const { handedOverAt: _, ...draft } = newcomer;
    const same = (await into.list()).filter((one) => one.submissionId === draft.submissionId);
    const waiting = same.find((one) => one.handedOverAt !== undefined && one.receipt === undefined);
    if (waiting !== undefined) return { ...draft, id: waiting.id };
    const unchanged = same.find((one) => one.updatedAt === draft.updatedAt);
    if (unchanged !== undefined) return { ...draft, id: unchanged.id };
    return same.length === 0 ? draft : { ...draft, id: uuid(random) as Draft['id'] };
  }

  async function state(code: string): Promise<Result<HandoverState, 'no-line'>> {
    const key = readCode(code);
    return key === undefined ? ok(over()) : known(await centre.parcelState(key.locator));
  }

  async function reclaim(code: string): ReturnType<Handover['reclaim']> {
    const key = readCode(code);
    const now = key === undefined ? ok(over()) : known(await centre.reclaimParcel(key.locator));
    if (!now.ok || now.value.state === 'taken') return now;
    for (const store of await stores()) {
      for (const draft of await store.list()) {
        if ((await store.given(draft.id))?.code !== code) continue;
        const unlocked = await unlock(draft, store);
        if (!unlocked.ok) return unlocked;
      }
    }
    return now;
  }

  function unlock(draft: Draft, store: DraftStore): Promise<Result<void, StoreFailure>> {
    const { handedOverAt: _, ...writable } = draft;
    return ours(store).saveGiven(writable, undefined);
  }

  /** A parcel that the centre has forgotten is over. */
  function known(answered: Result<HandoverState, CentreFailure>): Result<HandoverState, 'no-line'> {
    if (answered.ok) return answered;
    const { error } = answered;
    return error.kind === 'problem' && error.status === 404 ? ok(over()) : err('no-line');
  }

  function over(): HandoverState {
    return { state: 'expired', expiresAt: clock.now().toISOString() };
  }

  return {
    give,
    take,
    state,
    reclaim,
    given: (draftId, from) => ours(from).given(draftId),
    async goOnHere(draftId, store) {
      const draft = await store.load(draftId);
      if (draft === undefined) throw new Error('There is no such draft');
      const unlocked = await unlock(draft, store);
      return unlocked.ok ? ok(await reloaded(draftId, store)) : unlocked;
    },
  };
}

async function reloaded(draftId: string, store: DraftStore): Promise<Draft> {
  const draft = await store.load(draftId);
  if (draft === undefined) throw new Error('The draft went while it was unlocked');
  return draft;
}

/** Hand-overs keep their code beside the draft, which only the stores of our visits can. */
function ours(store: DraftStore): HeldDraftStore {
  if (!('saveGiven' in store))
    throw new Error('This draft store is none of a visit of this device');
  return store as HeldDraftStore;
}

async function filesFrom(
  draft: Draft,
  from: DraftStore,
): Promise<ReadonlyMap<FileAddress, Uint8Array> | undefined> {
  const files = new Map<FileAddress, Uint8Array>();
  for (const address of filesOfDraft(draft)) {
    const bytes = await from.getFile(address);
    if (bytes === undefined) return undefined;
    files.set(address, bytes);
  }
  return files;
}

function giveFailure(failure: CentreFailure): GiveFailure {
  return failure.kind === 'problem' && failure.status === 413 ? 'too-large' : 'no-line';
}

function takeFailure(failure: CentreFailure): HandoverFailure {
  if (failure.kind === 'fault') return 'no-line';
  switch (failure.code) {
    case 'handover-taken':
      return 'taken';
    case 'handover-expired':
    case 'handover-reclaimed':
      return 'expired';
    case 'unknown-handover':
    case 'malformed-request':
      return 'unknown-code';
    default:
      return 'no-line';
  }
}
