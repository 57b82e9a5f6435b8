import type pg from 'pg';

/** A row that terminals will pull. */
export interface Publication {
  readonly scope: string;
  readonly id: string;
  readonly body: unknown;
  readonly deleted?: boolean;
}

/** Channel on which instances tell each other what changed. */
export const changesChannel = 'tongban_changes';

/** Gives rows their numbers and writes them; the scopes' counters stay locked until the commit. */
export async function writePublications(
  client: pg.PoolClient,
  publications: readonly Publication[],
): Promise<void> {
  const byScope = Map.groupBy(publications, (publication) => publication.scope);
  // One order for all writers, or two of them would wait for each other.
  for (const scope of [...byScope.keys()].sort()) {
    const latest = new Map(byScope.get(scope)?.map((publication) => [publication.id, publication]));
    const rows = [...latest.values()];
    const counted = await client.query<{ seq: number }>(
      'insert into scopes (scope, seq) values ($1, $2) on conflict (scope) do update set seq = scopes.seq + $2 returning seq',
      [scope, rows.length],
    );
    const last = counted.rows[0]?.seq ?? 0;
    await client.query(
      `with told as (select pg_notify($6, $7)),
       row as (select id, $2::bigint + ordinal as seq, deleted, body
         from unnest($3::text[], $4::boolean[], $5::jsonb[]) with ordinality as r (id, deleted, body, ordinal))
       insert into changes (scope, id, seq, deleted, body)
       select $1, id, seq, deleted, body from row, (select count(*) from told) once
       on conflict (scope, id) do update set seq = excluded.seq, deleted = excluded.deleted, body = excluded.body`,
      [
        scope,
        last - rows.length,
        rows.map(({ id }) => id),
        rows.map(({ deleted }) => deleted ?? false),
        rows.map(({ body, deleted }) => (deleted === true ? null : JSON.stringify(body))),
        changesChannel,
        JSON.stringify({ scope, seq: last }),
      ],
    );
  }
}
