import {
  type Clock,
  err,
  type FileAddress,
  type Outbox,
  ok,
  type Result,
  type StoreFailure,
} from '@tongban/core';
import { storeFailure } from '../storage/failure.ts';
import type { Rows } from '../storage/rows.ts';
import { advance, type Entry, type EntryEvent, entryOf } from './entry.ts';
import { entryList } from './entryList.ts';
import type { Shelf, Shelved } from './shelf.ts';

/** The outbox of this tab: what apps see, and what the sender works on. */
export interface OutboxDesk {
  readonly port: Outbox;
  /** As far as this tab knows, oldest first. */
  entries(): readonly Entry[];
  /** Those among them that the centre has not answered for. */
  due(): readonly Entry[];
  entry(id: string): Entry | undefined;
  /** Moves an entry, if `may` still holds for it; resolves with it as it is now. */
  apply(id: string, event: EntryEvent, may?: (entry: Entry) => boolean): Promise<Entry | undefined>;
  /**
   * What the centre holds of a file under way, if `may` still holds. Not written: whoever goes on after a crash asks the
   * centre.
   */
  progress(id: string, address: FileAddress, bytes: number, may: (entry: Entry) => boolean): void;
  /**
   * Writes what a full disk kept back, and makes rows for envelopes that have none ([C6]): a crash came between, another
   * tab was closed. The worker's task: only it takes envelopes away.
   */
  recover(): Promise<void>;
  /**
   * Takes an entry away if `may` still holds for its row: first the row says that it leaves, so that nobody offers it
   * again, then go the bytes, then the row. Ended in between, the next call finishes it.
   */
  evict(id: string, may: (entry: Entry) => boolean): Promise<void>;
  watch(listener: () => void): () => void;
  close(): void;
}

export async function openOutbox(
  rows: Rows<Entry>,
  shelf: Shelf,
  clock: Clock,
): Promise<OutboxDesk> {
  const known = entryList();
  /** Newer than the row on the disk, which was full. */
  const unwritten = new Map<string, Entry>();
  const listeners = new Set<() => void>();

  const stop = rows.watch((id, row) => {
    unwritten.delete(id);
    if (row === undefined) known.delete(id);
    else known.set(row);
    changed();
  });
  for (const row of await rows.all()) if (!known.has(row.id)) known.set(row);

  function changed(): void {
    for (const listener of [...listeners]) listener();
  }

  /** A full disk keeps a state from being written, not from being so: sending is what makes room again. */
  async function keep(
    id: string,
    change: (row: Entry | undefined) => Entry | undefined,
  ): Promise<Entry | undefined> {
    const written = await rows.update(id, (row) => change(unwritten.get(id) ?? row));
    if (written.ok) {
      const now = unwritten.get(id) ?? written.value;
      if (now !== undefined) known.set(now);
      return now;
    }
    const now = change(known.get(id)) ?? known.get(id);
    if (now !== undefined) {
      unwritten.set(id, now);
      known.set(now);
      changed();
    }
    return now;
  }

  /** A row that is there is not written again: its echo would pass for news in a tab whose own is newer. */
  function keepNew(shelved: Shelved): Promise<Entry | undefined> {
    const { submissionId } = shelved.envelope;
    return keep(submissionId, (row) => (row === undefined ? entryOf(shelved) : undefined));
  }

  async function put(
    shelved: Shelved,
    files: ReadonlyMap<FileAddress, Uint8Array>,
  ): Promise<Result<void, StoreFailure | 'another-stands'>> {
    let standing: Shelved;
    try {
      standing = await shelf.put(shelved, files);
    } catch (error) {
      const failure = storeFailure(error);
      if (failure === undefined) throw error;
      return err(failure);
    }
    // From here on it is in custody: a row that cannot be written now is made again from the shelf.
    await keepNew(standing);
    return standing.envelope.manifestHash === shelved.envelope.manifestHash
      ? ok(undefined)
      : err('another-stands');
  }

  return {
    port: {
      put(envelope, receiptNumber, files) {
        const sizes = Object.fromEntries(
          [...files].map(([address, bytes]) => [address, bytes.length]),
        );
        return put({ envelope, receiptNumber, createdAt: clock.now().toISOString(), sizes }, files);
      },
      list: async () => known.shown(),
      watch(listener) {
        const tell = () => listener(known.shown());
        listeners.add(tell);
        tell();
        return () => listeners.delete(tell);
      },
    },
    entries: known.all,
    due: known.due,
    entry: (id) => known.get(id),
    apply: (id, event, may = () => true) =>
      keep(id, (row) => (row !== undefined && may(row) ? advance(row, event) : undefined)),
    progress(id, address, bytes, may) {
      const now = known.get(id);
      if (now?.state.at !== 'sending-files' || !may(now)) return;
      const next = advance(now, { kind: 'file-progress', address, bytes });
      unwritten.set(id, next);
      known.set(next);
      changed();
    },
    async recover() {
      for (const id of [...unwritten.keys()]) await keep(id, (row) => row);
      for (const id of await shelf.submissionIds()) {
        if (known.has(id)) continue;
        const shelved = await shelf.envelope(id);
        if (shelved !== undefined) await keepNew(shelved);
      }
    },
    async evict(id, may) {
      const marked = await rows.update(id, (row) => {
        const now = unwritten.get(id) ?? row;
        return now !== undefined && may(now)
          ? advance(now, { kind: 'kept-long-enough' })
          : undefined;
      });
      if (!marked.ok) throw new DOMException(marked.error, 'UnknownError');
      if (marked.value?.state.at !== 'leaving') return;
      await shelf.remove(id);
      const removed = await rows.remove([id]);
      if (!removed.ok) throw new DOMException(removed.error, 'UnknownError');
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      stop();
      listeners.clear();
    },
  };
}
