/** Deletes databases by name and resolves once none of them exists any more. */
export async function deleteDatabases(
  indexedDB: IDBFactory,
  names: readonly string[],
): Promise<void> {
  await Promise.all(names.map((name) => deleteDatabase(indexedDB, name)));
}

/** Names of all databases that exist on this origin. */
export async function databaseNames(indexedDB: IDBFactory): Promise<readonly string[]> {
  const found = await indexedDB.databases();
  return found.map(({ name }) => name).filter((name) => name !== undefined);
}

/**
 * RxDB's own `remove()` empties tables and leaves the database with its attachments in place, so the whole database
 * goes. While another tab still has it open the request waits; tabs of ours close it when they are asked to.
 */
function deleteDatabase(indexedDB: IDBFactory, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
