import { shippedCatalogue } from '@tongban/catalogue';
import { createRxDatabase } from 'rxdb';
import { durableDexie } from '../storage/database.ts';
import { rowSchema, rowsOf } from '../storage/rows.ts';
import type { DraftRow } from '../visit/draftStore.ts';
import { draftOf, makeRealm, type Realm } from './realm.ts';

/** What the page under test offers to the test that drives it from outside. */
export interface RealmPage extends Omit<Realm, 'open'> {
  open(app: 'kiosk' | 'phone'): Promise<void>;
  /** The same draft through the same database without the encrypted storage: what the search must find. */
  saveInClear(text: string): Promise<void>;
  databases(): Promise<readonly string[]>;
}

declare global {
  interface Window {
    realm: RealmPage;
  }
}

const realm = makeRealm();

window.realm = {
  ...realm,
  open: (app) => realm.open(app, shippedCatalogue),
  async saveInClear(text) {
    const databases = { indexedDB, IDBKeyRange };
    const database = await createRxDatabase({ name: 'in-clear', storage: durableDexie(databases) });
    const { drafts } = await database.addCollections({ drafts: { schema: rowSchema } });
    const draft = draftOf(text);
    await rowsOf<DraftRow>(drafts).update(draft.id, () => ({ id: draft.id, draft }));
    await database.close();
  },
  async databases() {
    return (await indexedDB.databases()).map(({ name }) => name ?? '');
  },
};
