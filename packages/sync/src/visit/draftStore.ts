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
import { attempt } from '../storage/failure.ts';
import type { Row, Rows } from '../storage/rows.ts';

export const filesStore = 'files';

/** How a draft that was handed over is found again. */
export interface Given {
  readonly code: string;
  /** ISO 8601 instant by the centre's clock. */
  readonly expiresAt: string;
}

export interface DraftRow extends Row {
  readonly draft: Draft;
  readonly given?: Given;
}

export interface HeldDraftStore extends DraftStore {
  /** Writes the draft and, in the same row, the code it was given under (`undefined`: none any more). */
  saveGiven(draft: Draft, given: Given | undefined): Promise<Result<void, StoreFailure>>;
  given(id: string): Promise<Given | undefined>;
  /** From here on every write is refused; resolves when those under way have ended. */
  shut(): Promise<void>;
}

export type DraftRows = Pick<Rows<DraftRow>, 'get' | 'all' | 'update' | 'remove'>;

/** Drafts in RxDB, their files beside it. */
export function createDraftStore(rows: DraftRows, files: ByteDatabase): HeldDraftStore {
  let open = true;
  // A slow save must not be overtaken by the next one, and a failed one must not hold it up.
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(
    work: () => Promise<Result<T, StoreFailure>>,
  ): Promise<Result<T, StoreFailure>> {
    if (!open) return Promise.resolve(err('storage-refused'));
    const done = last.then(() => attempt(work));
    last = done.catch(() => undefined);
    return done;
  }

  return {
    save: (draft) =>
      inTurn(async () => {
        const saved = await rows.update(draft.id, (row) => ({ ...row, id: draft.id, draft }));
        return saved.ok ? ok(undefined) : saved;
      }),
    saveGiven: (draft, given) =>
      inTurn(async () => {
        const row = given === undefined ? { id: draft.id, draft } : { id: draft.id, draft, given };
        const saved = await rows.update(draft.id, () => row);
        return saved.ok ? ok(undefined) : saved;
      }),
    async given(id) {
      const row = await rows.get(id);
      // Whoever made the draft writable again by saving it has let go of the code too.
      return row?.draft.handedOverAt === undefined ? undefined : row.given;
    },
    async load(id) {
      return open ? (await rows.get(id))?.draft : undefined;
    },
    async list() {
      const found = open ? await rows.all() : [];
      return found
        .map((row) => row.draft)
        .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt) || a.id.localeCompare(b.id));
    },
    remove: (id) => inTurn(() => rows.remove([id])),
    putFile: (address, ciphertext) =>
      inTurn(async () => {
        await requireAddressOf(address, ciphertext);
        await files.write([filesStore], (store) => {
          store(filesStore).put(bufferOf(ciphertext), address);
        });
        return ok(undefined);
      }),
    async getFile(address) {
      if (!open) return undefined;
      const found = await files.read<ArrayBuffer | undefined>(filesStore, (store) =>
        store.get(address),
      );
      if (found === undefined) return undefined;
      const bytes = new Uint8Array(found);
      return (await isAddressOf(address, bytes)) ? bytes : undefined;
    },
    removeFile: (address) =>
      inTurn(async () => {
        await files.write([filesStore], (store) => {
          store(filesStore).delete(address);
        });
        return ok(undefined);
      }),
    async shut() {
      open = false;
      await last;
    },
  };
}

/** Addresses of everything a draft refers to. */
export function filesOfDraft(draft: Draft): readonly FileAddress[] {
  const materials = Object.values(draft.materials).flatMap((material) => material.files);
  const papers = draft.papers.map((paper) => paper.file);
  return [...materials, ...papers].map((file) => file.address as FileAddress);
}
