import type { FileAddress } from '../ids.ts';
import type { Draft } from '../journey/draft.ts';
import type { DraftStore, Outbox, OutboxEntry, StoreFailure } from '../ports/localStore.ts';
import { err, ok, type Result } from '../result.ts';
import type { Envelope } from '../seal/envelope.ts';

/** A disk that tests can fill, refuse or cut off. It keeps JSON, so that nothing but plain data survives. */
export interface MemoryDisk {
  /** While set, every write and removal fails with it and changes nothing. */
  failure: StoreFailure | undefined;
  /** What a power cut would leave. */
  readonly drafts: Map<string, string>;
  readonly files: Map<FileAddress, Uint8Array>;
  readonly envelopes: Map<string, MemoryEnvelope>;
}

export interface MemoryEnvelope {
  readonly envelope: Envelope;
  readonly files: ReadonlyMap<FileAddress, Uint8Array>;
  readonly entry: OutboxEntry;
}

export function memoryDisk(): MemoryDisk {
  return { failure: undefined, drafts: new Map(), files: new Map(), envelopes: new Map() };
}

export function memoryDraftStore(disk: MemoryDisk): DraftStore {
  const write = (put: () => void): Result<void, StoreFailure> => {
    if (disk.failure !== undefined) return err(disk.failure);
    put();
    return ok(undefined);
  };
  return {
    save: async (draft) => write(() => disk.drafts.set(draft.id, JSON.stringify(draft))),
    load: async (id) => {
      const text = disk.drafts.get(id);
      return text === undefined ? undefined : (JSON.parse(text) as Draft);
    },
    list: async () =>
      [...disk.drafts.values()]
        .map((text) => JSON.parse(text) as Draft)
        .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt)),
    remove: async (id) => write(() => disk.drafts.delete(id)),
    putFile: async (address, ciphertext) =>
      write(() => disk.files.set(address, ciphertext.slice())),
    getFile: async (address) => disk.files.get(address)?.slice(),
    removeFile: async (address) => write(() => disk.files.delete(address)),
  };
}

/** An outbox that keeps and never sends. */
export function memoryOutbox(disk: MemoryDisk, now: () => Date): Outbox {
  const listeners = new Set<(entries: readonly OutboxEntry[]) => void>();
  const entries = () => [...disk.envelopes.values()].map(({ entry }) => entry);
  return {
    async put(envelope, receiptNumber, files) {
      if (disk.failure !== undefined) return err(disk.failure);
      const standing = disk.envelopes.get(envelope.submissionId);
      if (standing !== undefined) {
        return standing.envelope.manifestHash === envelope.manifestHash
          ? ok(undefined)
          : err('another-stands');
      }
      disk.envelopes.set(envelope.submissionId, {
        envelope: structuredClone(envelope),
        files: new Map(files),
        entry: {
          submissionId: envelope.submissionId,
          receiptNumber,
          kind: envelope.kind,
          createdAt: now().toISOString(),
          state: { at: 'saved' },
        },
      });
      for (const listener of listeners) listener(entries());
      return ok(undefined);
    },
    list: async () => entries(),
    watch(listener) {
      listeners.add(listener);
      listener(entries());
      return () => listeners.delete(listener);
    },
  };
}
