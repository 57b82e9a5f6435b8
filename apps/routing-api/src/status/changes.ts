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

/**
 * Rows of a scope after a checkpoint, in the order of their dense numbers. A checkpoint of another epoch counts as
 * none: everything comes again, from the beginning.
 */
export async function changesSince(
  centre: Centre,
  scope: string,
  since: { readonly epoch: string | undefined; readonly seq: number },
  limit: number,
): Promise<ChangesAnswer> {
  const epoch = await centre.epoch();
  const after = since.epoch === epoch ? since.seq : 0;
  const { rows } = await centre.database.query<{
    id: string;
    seq: number;
    deleted: boolean;
    body: unknown;
  }>(
    'select id, seq, deleted, body from changes where scope = $1 and seq > $2 order by seq limit $3',
    [scope, after, limit + 1],
  );
  const page = rows.slice(0, limit);
  const complete = rows.length <= limit;
  return { rows: page, checkpoint: { epoch, seq: page.at(-1)?.seq ?? after }, complete };
}
