/** Of PouchDB, which brings no types, what the first pull is measured with. */
interface PouchDatabase {
  bulkDocs(
    documents: readonly { readonly _id: string }[],
  ): Promise<readonly { readonly ok?: boolean }[]>;
  info(): Promise<{ readonly doc_count: number }>;
  readonly replicate: {
    from(
      url: string,
      options: { readonly batch_size: number },
    ): Promise<{ readonly ok: boolean; readonly docs_written: number }>;
  };
}

interface PouchDbClass {
  new (name: string): PouchDatabase;
  plugin(plugin: unknown): PouchDbClass;
  defaults(options: { readonly adapter: string }): PouchDbClass;
}

declare module 'pouchdb-browser' {
  const PouchDB: PouchDbClass;
  export default PouchDB;
}

declare module 'pouchdb-core' {
  const PouchDB: PouchDbClass;
  export default PouchDB;
}

declare module 'pouchdb-adapter-memory' {
  const plugin: unknown;
  export default plugin;
}

declare module 'express-pouchdb' {
  import type { RequestListener } from 'node:http';

  export default function expressPouchDb(
    database: PouchDbClass,
    options: { readonly mode: 'minimumForPouchDB'; readonly inMemoryConfig: true },
  ): RequestListener;
}
