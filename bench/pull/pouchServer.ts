import expressPouchDb from 'express-pouchdb';
import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import type { Row } from './feed.ts';
import { served } from './served.ts';

/** PouchDB's own server over its store in memory, with the same documents as the feed, open to pages of any origin. */
export async function startPouchServer(rows: readonly Row[]) {
  const InMemory = PouchDB.plugin(memory).defaults({ adapter: 'memory' });
  const serve = expressPouchDb(InMemory, { mode: 'minimumForPouchDB', inMemoryConfig: true });
  const put = await new InMemory('status').bulkDocs(
    rows.map(({ id, seq, body }) => ({ _id: id, seq, body })),
  );
  if (put.some(({ ok }) => ok !== true)) throw new Error('PouchDB did not take every document.');
  return served((request, response) => {
    // It asks with credentials, for which a star would not do.
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
    response.setHeader('access-control-allow-credentials', 'true');
    response.setHeader('access-control-allow-headers', 'content-type, accept');
    response.setHeader('access-control-allow-methods', 'GET, POST, PUT');
    response.setHeader('access-control-max-age', '600');
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    if (request.method === 'OPTIONS') response.end();
    else serve(request, response);
  });
}
