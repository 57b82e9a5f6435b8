import { createHash } from 'node:crypto';
import { err, ok, type StoreFailure } from '@tongban/core';
import type { Shelf, Shelved } from '../outbox/shelf.ts';
import type { Row, Rows } from '../storage/rows.ts';

/** A disk in memory: fast and in step, for tests that try thousands of orders of events. */
export interface MemoryDisk<R extends Row> {
  readonly rows: Map<string, R>;
  readonly shelf: Map<string, { shelved: Shelved; files: Map<string, Uint8Array> }>;
  readonly watchers: Set<(id: string, row: R | undefined) => void>;
  /** Set: every write is refused. */
  refuses: StoreFailure | undefined;
}

export function memoryDisk<R extends Row>(): MemoryDisk<R> {
  return { rows: new Map(), shelf: new Map(), watchers: new Set(), refuses: undefined };
}

/** Runs before and after each access; a killed tab never gets past it. */
export type Gate = () => Promise<void>;

const open: Gate = async () => {};

export function memoryRows<R extends Row>(disk: MemoryDisk<R>, gate: Gate = open): Rows<R> {
  const tell = (id: string, row: R | undefined) => {
    for (const watcher of [...disk.watchers]) watcher(id, row);
  };
  return {
    async get(id) {
      await gate();
      return disk.rows.get(id);
    },
    async all() {
      await gate();
      return [...disk.rows.values()].toSorted((a, b) => a.id.localeCompare(b.id));
    },
    newer: async () => [],
    async update(id, change) {
      await gate();
      if (disk.refuses !== undefined) return err(disk.refuses);
      const next = change(disk.rows.get(id));
      if (next !== undefined) {
        disk.rows.set(id, structuredClone(next));
        tell(id, next);
      }
      await gate();
      return ok(next ?? disk.rows.get(id));
    },
    async updateAll(ids, change) {
      await gate();
      if (disk.refuses !== undefined) return err(disk.refuses);
      for (const id of ids) {
        const next = change(id, disk.rows.get(id));
        if (next === undefined) continue;
        disk.rows.set(id, structuredClone(next));
        tell(id, next);
      }
      await gate();
      return ok(undefined);
    },
    async remove(ids) {
      await gate();
      if (disk.refuses !== undefined) return err(disk.refuses);
      for (const id of ids) {
        if (disk.rows.delete(id)) tell(id, undefined);
      }
      await gate();
      return ok(undefined);
    },
    watch(listener) {
      disk.watchers.add(listener);
      return () => disk.watchers.delete(listener);
    },
  };
}

export function memoryShelf<R extends Row>(disk: MemoryDisk<R>, gate: Gate = open): Shelf {
  return {
    async put(shelved, bytes) {
      const earlier = disk.shelf.get(shelved.envelope.submissionId);
      if (earlier !== undefined) return earlier.shelved;
      for (const [address, ciphertext] of bytes) {
        if (!isAddressOf(address, ciphertext)) throw new Error(`These bytes are not ${address}`);
      }
      for (const address of shelved.envelope.files) {
        if (!bytes.has(address as never))
          throw new Error(`The envelope names ${address}, which was not handed in`);
      }
      await gate();
      if (disk.refuses !== undefined) throw new DOMException('full', refusalName(disk.refuses));
      const { submissionId } = shelved.envelope;
      if (!disk.shelf.has(submissionId)) {
        disk.shelf.set(submissionId, { shelved: structuredClone(shelved), files: new Map(bytes) });
      }
      await gate();
      return disk.shelf.get(submissionId)?.shelved ?? shelved;
    },
    async envelope(submissionId) {
      await gate();
      return disk.shelf.get(submissionId)?.shelved;
    },
    async file(submissionId, address) {
      await gate();
      const bytes = disk.shelf.get(submissionId)?.files.get(address);
      return bytes !== undefined && isAddressOf(address, bytes) ? bytes : undefined;
    },
    async submissionIds() {
      await gate();
      return [...disk.shelf.keys()];
    },
    async remove(submissionId) {
      await gate();
      disk.shelf.delete(submissionId);
      await gate();
    },
    close() {},
  };
}

function refusalName(failure: StoreFailure): string {
  return failure === 'quota-exceeded' ? 'QuotaExceededError' : 'UnknownError';
}

function isAddressOf(address: string, bytes: Uint8Array): boolean {
  return createHash('sha256').update(bytes).digest('base64url') === address;
}
