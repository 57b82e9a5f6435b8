/** Every value of every database, as text, the way a search through the profile folder would meet it. */
export async function dump(indexedDB: IDBFactory): Promise<string> {
  const parts: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await request<IDBDatabase>(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store, 'readonly').objectStore(store);
      const [keys, values] = await Promise.all([
        request<unknown[]>(objects.getAllKeys()),
        request<unknown[]>(objects.getAll()),
      ]);
      parts.push(name, store, ...keys.map(asText), ...values.map(asText));
    }
    database.close();
  }
  return parts.join('\n');
}

export function request<T>(asked: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function asText(value: unknown): string {
  if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value);
  if (ArrayBuffer.isView(value)) return new TextDecoder('latin1').decode(value as Uint8Array);
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key}=${asText(inner)}`)
    .join(';');
}
