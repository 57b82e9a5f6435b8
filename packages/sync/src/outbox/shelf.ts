import type { Envelope, FileAddress } from '@tongban/core';
import { isAddressOf, requireAddressOf } from '../storage/address.ts';
import { type ByteDatabase, bufferOf, openByteDatabase } from '../storage/bytes.ts';

const envelopes = 'envelopes';
const files = 'files';

/** One envelope as it lies on the shelf, with what its entry needs should its row be lost. */
export interface Shelved {
  readonly envelope: Envelope;
  readonly receiptNumber: string;
  /** ISO 8601 instant by the device's clock. */
  readonly createdAt: string;
  /** Sizes in bytes, by address. */
  readonly sizes: Readonly<Record<FileAddress, number>>;
}

/**
 * Where envelopes and files of the outbox lie until the centre has had them for long enough. Both are sealed already,
 * so they lie here as they are: a store key that gets lost must not lose a case.
 */
export interface Shelf {
  /**
   * Envelope and files in one transaction: all of it is on the disk, or none. An envelope that is here stands. Resolves
   * with what lies here now under its submission id.
   */
  put(shelved: Shelved, bytes: ReadonlyMap<FileAddress, Uint8Array>): Promise<Shelved>;
  envelope(submissionId: string): Promise<Shelved | undefined>;
  /** `undefined` when it is not here or not what it was. */
  file(submissionId: string, address: FileAddress): Promise<Uint8Array | undefined>;
  submissionIds(): Promise<readonly string[]>;
  /** Takes an envelope away with its files, and no other's. */
  remove(submissionId: string): Promise<void>;
  close(): void;
}

export async function openShelf(indexedDB: IDBFactory, name: string): Promise<Shelf> {
  return shelfOver(await openByteDatabase(indexedDB, name, [envelopes, files]));
}

export function shelfOver(database: ByteDatabase): Shelf {
  const envelope = (submissionId: string) =>
    database.read<Shelved | undefined>(envelopes, (store) => store.get(submissionId));

  return {
    async put(shelved, bytes) {
      const earlier = await envelope(shelved.envelope.submissionId);
      if (earlier !== undefined) return earlier;
      for (const [address, ciphertext] of bytes) await requireAddressOf(address, ciphertext);
      for (const address of shelved.envelope.files) {
        if (!bytes.has(address as FileAddress))
          throw new Error(`The envelope names ${address}, which was not handed in`);
      }
      const { submissionId } = shelved.envelope;
      let standing: Shelved = shelved;
      await database.write([envelopes, files], (store) => {
        const asked = store(envelopes).get(submissionId) as IDBRequest<Shelved | undefined>;
        asked.onsuccess = () => {
          standing = asked.result ?? shelved;
          if (asked.result !== undefined) return;
          for (const [address, ciphertext] of bytes) {
            store(files).put(bufferOf(ciphertext), fileKey(submissionId, address));
          }
          store(envelopes).put(shelved, submissionId);
        };
      });
      return standing;
    },
    envelope,
    async file(submissionId, address) {
      const found = await database.read<ArrayBuffer | undefined>(files, (store) =>
        store.get(fileKey(submissionId, address)),
      );
      if (found === undefined) return undefined;
      const bytes = new Uint8Array(found);
      return (await isAddressOf(address, bytes)) ? bytes : undefined;
    },
    submissionIds: async () =>
      (await database.read(envelopes, (store) => store.getAllKeys())).map(String),
    remove: (submissionId) =>
      database.write([envelopes, files], (store) => {
        const asked = store(envelopes).get(submissionId) as IDBRequest<Shelved | undefined>;
        asked.onsuccess = () => {
          for (const address of asked.result?.envelope.files ?? []) {
            store(files).delete(fileKey(submissionId, address));
          }
          store(envelopes).delete(submissionId);
        };
      }),
    close: () => database.close(),
  };
}

/** Each envelope has its files to itself, so that taking one away cannot touch another's. */
function fileKey(submissionId: string, address: string): string {
  return `${submissionId}/${address}`;
}
