import {
  type Draft,
  type DraftStore,
  err,
  type FileAddress,
  ok,
  type Result,
  type StoreFailure,
} from '@tongban/core';
import { isAddressOf, requireAddressOf } from '../storage/address.ts';
import { type ByteDatabase, bufferOf } from '../storage/bytes.ts';
import { storeFailure } from '../storage/failure.ts';
import type { Row, Rows } from '../storage/rows.ts';

export const filesStore = 'files';

export interface DraftRow extends Row {
  readonly draft: Draft;
}

/** Drafts in RxDB, their files beside it. */
export function createDraftStore(rows: Rows<DraftRow>, files: ByteDatabase): DraftStore {
  // A slow save must not be overtaken by the next one, and a failed one must not hold it up.
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  }

  return {
    save: (draft) =>
      inTurn(async () => {
        const saved = await rows.update(draft.id, () => ({ id: draft.id, draft }));
        return saved.ok ? ok(undefined) : saved;
      }),
    async load(id) {
      return (await rows.get(id))?.draft;
    },
    async list() {
      const found = await rows.all();
      return found
        .map((row) => row.draft)
        .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt) || a.id.localeCompare(b.id));
    },
    remove: (id) =>
      inTurn(async () => {
        const removed = await rows.remove([id]);
        if (!removed.ok) throw new DOMException(removed.error, 'UnknownError');
      }),
    async putFile(address, ciphertext) {
      await requireAddressOf(address, ciphertext);
      return attempt(() =>
        files.write([filesStore], (store) => {
          store(filesStore).put(bufferOf(ciphertext), address);
        }),
      );
    },
    async getFile(address) {
      const found = await files.read<ArrayBuffer | undefined>(filesStore, (store) =>
        store.get(address),
      );
      if (found === undefined) return undefined;
      const bytes = new Uint8Array(found);
      return (await isAddressOf(address, bytes)) ? bytes : undefined;
    },
    removeFile: (address) =>
      files.write([filesStore], (store) => {
        store(filesStore).delete(address);
      }),
  };
}

/** Addresses of everything a draft refers to. */
export function filesOfDraft(draft: Draft): readonly FileAddress[] {
  const materials = Object.values(draft.materials).flatMap((material) => material.files);
  const papers = draft.papers.map((paper) => paper.file);
  return [...materials, ...papers].map((file) => file.address as FileAddress);
}

async function attempt(work: () => Promise<void>): Promise<Result<void, StoreFailure>> {
  try {
    await work();
    return ok(undefined);
  } catch (error) {
    const failure = storeFailure(error);
    if (failure === undefined) throw error;
    return err(failure);
  }
}
