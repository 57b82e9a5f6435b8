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
  let closed = false;
  let connection = await connect(indexedDB, name, stores);
  mind(connection);

  function mind(database: IDBDatabase): void {
    // Another tab ends the visit and deletes this database: do not stand in its way, and do not make it again.
    database.onversionchange = () => {
      closed = true;
      database.close();
    };
  }

  /** A phone that slept may have lost its connection; nothing else tells than that no transaction begins. */
  async function begin(
    names: readonly string[],
    mode: IDBTransactionMode,
    options: IDBTransactionOptions,
  ): Promise<IDBTransaction> {
    try {
      return connection.transaction([...names], mode, options);
    } catch (error) {
      if (closed || !(error instanceof DOMException) || error.name !== 'InvalidStateError')
        throw error;
    }
    connection = await connect(indexedDB, name, stores);
    mind(connection);
    return connection.transaction([...names], mode, options);
  }

  return {
    async write(names, work) {
      const transaction = await begin(names, 'readwrite', { durability: 'strict' });
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () =>
          reject(transaction.error ?? new DOMException('Aborted', 'AbortError'));
        try {
          work((store) => transaction.objectStore(store));
        } catch (error) {
          transaction.abort();
          reject(error);
        }
      });
    },
    async read(store, ask) {
      const transaction = await begin([store], 'readonly', {});
      return settled(ask(transaction.objectStore(store)));
    },
    close() {
      closed = true;
      connection.close();
    },
  };
}

function connect(
  indexedDB: IDBFactory,
  name: string,
  stores: readonly string[],
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    for (const store of stores) request.result.createObjectStore(store);
  };
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The plain ArrayBuffer of a view: IndexedDB would store the whole buffer behind a view, other people's bytes included. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}
