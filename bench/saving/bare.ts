/** IndexedDB and nothing else: no encryption, no RxDB, one strict transaction. */
export async function openBare(): Promise<{ put(values: readonly unknown[]): Promise<void> }> {
  const opening = indexedDB.open('bare', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true });
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  return {
    put: (values) =>
      new Promise((resolve, reject) => {
        const change = database.transaction('rows', 'readwrite', { durability: 'strict' });
        for (const value of values) change.objectStore('rows').put(value);
        change.oncomplete = () => resolve();
        change.onerror = () => reject(change.error);
        change.onabort = () => reject(change.error);
      }),
  };
}
