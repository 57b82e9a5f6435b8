/**
 * A little of IndexedDB by hand: the stores that hold bytes. Every write asks for strict durability and resolves when
 * the transaction is complete, which is when the bytes are on the disk.
 */
export interface ByteDatabase {
  /** Runs `work` in one transaction. `work` issues its requests at once, it must not await anything else. */
  write(
    stores: readonly string[],
    work: (store: (name: string) => IDBObjectStore) => void,
  ): Promise<void>;
  read<T>(store: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T>;
  close(): void;
}

export async function openByteDatabase(
  indexedDB: IDBFactory,
  name: string,
  stores: readonly string[],
): Promise<ByteDatabase> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  // Another tab ends the visit and deletes this database: do not stand in its way.
  database.onversionchange = () => database.close();

  return {
    write: (names, work) =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction([...names], 'readwrite', { durability: 'strict' });
        transaction.oncomplete = () => resolve();
        transaction.onabort = () =>
          reject(transaction.error ?? new DOMException('Aborted', 'AbortError'));
        try {
          work((store) => transaction.objectStore(store));
        } catch (error) {
          transaction.abort();
          reject(error);
        }
      }),
    read: (store, ask) =>
      new Promise((resolve, reject) => {
        const request = ask(database.transaction(store, 'readonly').objectStore(store));
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      }),
    close: () => database.close(),
  };
}

/** The plain ArrayBuffer of a view: IndexedDB would store the whole buffer behind a view, other people's bytes included. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}
