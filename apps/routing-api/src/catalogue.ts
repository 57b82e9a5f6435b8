import type { Catalogue, Clock } from '@tongban/core';
import type { Database } from './database/database.ts';

/**
 * Puts the shipped catalogue into force: kept for ever under its version, because a case is judged by the version it
 * was sealed under, and published to the terminals when it is new.
 */
export async function putIntoForce(
  database: Database,
  catalogue: Catalogue,
  clock: Clock,
): Promise<void> {
  await database.transaction(async (unit) => {
    const added = await unit.query(
      'insert into catalogues (version, body, in_force_since) values ($1, $2, $3) on conflict do nothing',
      [catalogue.version, JSON.stringify(catalogue), clock.now().toISOString()],
    );
    const published = await unit.query<{ version: string }>(
      `select body->>'version' as version from changes where scope = 'catalogue' and id = 'catalogue'`,
    );
    if (published.rows[0]?.version === catalogue.version) return;
    unit.publish({ scope: 'catalogue', id: 'catalogue', body: catalogue });
    unit.audit({
      event: added.rowCount === 1 ? 'catalogue.published' : 'catalogue.published-again',
      actor: 'centre',
      subject: 'catalogue',
      correlation: `catalogue-${catalogue.version}`,
      detail: { version: catalogue.version, items: catalogue.items.length },
    });
  });
}

/**
 * Every version of the catalogue, kept in memory: there are few, and they never change. One that another process
 * published since is read when a case asks for it.
 */
export async function catalogueVersions(database: Database, inForce: Catalogue) {
  const { rows: all } = await database.query<{ body: Catalogue }>('select body from catalogues');
  const known = new Map(all.map(({ body }) => [body.version, body]));
  known.set(inForce.version, inForce);
  return async (version: string): Promise<Catalogue | undefined> => {
    const found = known.get(version);
    if (found !== undefined) return found;
    const { rows } = await database.query<{ body: Catalogue }>(
      'select body from catalogues where version = $1',
      [version],
    );
    const body = rows[0]?.body;
    if (body !== undefined) known.set(version, body);
    return body;
  };
}
