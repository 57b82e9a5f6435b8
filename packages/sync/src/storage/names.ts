export type App = 'kiosk' | 'counter' | 'phone';

/** RxDB over Dexie makes one IndexedDB database for each collection, named with this prefix. */
const dexiePrefix = 'rxdb-dexie-';

export function terminalDatabase(app: App): string {
  return `tongban-${app}-terminal`;
}

export function shelfDatabase(app: App): string {
  return `tongban-${app}-shelf`;
}

export function keysDatabase(app: App): string {
  return `tongban-${app}-keys`;
}

/** PINs of clerks; demonstration. */
export function pinDatabase(app: App): string {
  return `tongban-${app}-pin`;
}

/** RxDB database of one visit. */
export function visitDatabase(app: App, visit: string): string {
  return `tongban-${app}-visit-${visit}`;
}

/** Beside it, the files of that visit. */
export function visitFilesDatabase(app: App, visit: string): string {
  return `${visitDatabase(app, visit)}-files`;
}

/** The visit that an IndexedDB database belongs to, whatever part of it it is; `undefined` for any other database. */
export function visitOf(app: App, database: string): string | undefined {
  const name = database.startsWith(dexiePrefix) ? database.slice(dexiePrefix.length) : database;
  const prefix = visitDatabase(app, '');
  if (!name.startsWith(prefix)) return undefined;
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(name.slice(prefix.length))?.[0];
}
