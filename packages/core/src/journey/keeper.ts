import type { FileAddress } from '../ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { DraftStore, StoreFailure } from '../ports/localStore.ts';
import { ok, type Result } from '../result.ts';
import type { Draft } from './draft.ts';

/** A file that goes to the disk together with the draft that names it. */
export interface NewFile {
  readonly address: FileAddress;
  readonly ciphertext: Uint8Array;
}

/** The draft in memory and on the disk, in this order of trust: disk first. */
export interface DraftKeeper {
  draft(): Draft;
  /** Writes files, then the draft; only when both are on the disk does {@link DraftKeeper.draft} change. */
  keep(next: Draft, files?: readonly NewFile[]): Promise<Result<void, StoreFailure>>;
  /** Takes a draft that is on the disk elsewhere (in the outbox), whether or not it can be written here. */
  adopt(next: Draft): Promise<void>;
}

export function keepDraft(
  first: Draft,
  { store, clock }: { readonly store: DraftStore; readonly clock: Clock },
  changed: () => void,
): DraftKeeper {
  let current = first;
  /** Files that no draft names and the disk would not let go of: nothing else would ever remove them. */
  const leftOver = new Set<FileAddress>();
  const forget = async (files: Iterable<FileAddress>) => {
    for (const address of files) leftOver.add(address);
    for (const address of leftOver)
      if ((await store.removeFile(address)).ok) leftOver.delete(address);
  };
  const become = async (next: Draft) => {
    const before = addresses(current);
    current = next;
    changed();
    const kept = addresses(next);
    await forget([...before].filter((address) => !kept.has(address)));
  };
  return {
    draft: () => current,
    async keep(edited, files = []) {
      const next = { ...edited, updatedAt: clock.now().toISOString() };
      let result: Result<void, StoreFailure> = ok(undefined);
      for (const { address, ciphertext } of files)
        if (result.ok) result = await store.putFile(address, ciphertext);
      if (result.ok) result = await store.save(next);
      if (result.ok) await become(next);
      else await forget(files.map(({ address }) => address));
      return result;
    },
    async adopt(next) {
      await store.save(next);
      await become(next);
    },
  };
}

/** Every file a draft names. */
export function addresses(draft: Draft): ReadonlySet<FileAddress> {
  const files = [
    ...Object.values(draft.materials).flatMap((material) => material.files),
    ...draft.papers.map(({ file }) => file),
  ];
  return new Set(files.map(({ address }) => address as FileAddress));
}
