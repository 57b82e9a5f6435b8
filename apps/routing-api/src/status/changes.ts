import type { ChangesAnswer, Scope } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import type { Terminal } from '../terminal/proof.ts';

/** What a scope is called inside: a terminal sees only its own group's status and its own hall's settings. */
export function innerScope(scope: Scope, terminal: Terminal): string {
  switch (scope) {
    case 'catalogue':
      return 'catalogue';
    case 'status':
      return `status:${terminal.statusGroup}`;
    case 'settings':
      return `settings:${terminal.statusGroup}`;
  }
}

interface Since {
  readonly epoch: string | undefined;
  readonly seq: number;
}

/**
 * Rows of a scope after a checkpoint, in the order of their dense numbers. A checkpoint of another epoch counts as
 * none: everything comes again, from the beginning. So does one beyond the counter, which tells besides that the
 * database may have lost its end.
 */
export async function changesSince(
  centre: Centre,
  scope: string,
  since: Since,
  limit: number,
): Promise<ChangesAnswer> {
  const epoch = await centre.epoch();
  const after = since.epoch === epoch ? since.seq : 0;
  const rows = await rowsAfter(centre, scope, after, limit);
  const beyond = after > 0 && rows.length === 0 && after > (await lastOf(centre, scope));
  if (beyond) centre.doubtEpoch();
  // The rows may have come over a new connection, from a database of another life.
  const now = await centre.epoch();
  if (now !== epoch) return changesSince(centre, scope, { epoch: now, seq: 0 }, limit);
  if (beyond) return changesSince(centre, scope, { epoch, seq: 0 }, limit);
  const page = rows.slice(0, limit);
  const complete = rows.length <= limit;
  return { rows: page, checkpoint: { epoch, seq: page.at(-1)?.seq ?? after }, complete };
}

/** One more than asked for, where there are more. */
async function rowsAfter({ database }: Centre, scope: string, after: number, limit: number) {
  const { rows } = await database.query<ChangesAnswer['rows'][number]>(
    'select id, seq, deleted, body from changes where scope = $1 and seq > $2 order by seq limit $3',
    [scope, after, limit + 1],
  );
  return rows;
}

async function lastOf({ database }: Centre, scope: string): Promise<number> {
  const { rows } = await database.query<{ seq: number }>(
    'select seq from scopes where scope = $1',
    [scope],
  );
  return rows[0]?.seq ?? 0;
}
