import { createHash } from 'node:crypto';
import { type AuditEntry, type Clock, canonicalBytes, genesis } from '@tongban/core';
import type pg from 'pg';

/** What an audit entry says before it gets its place in the chain. Codes and numbers only, never personal data. */
export type AuditNote = Pick<AuditEntry, 'event' | 'actor' | 'subject' | 'correlation' | 'detail'>;

export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Writes entries to the end of the chain, in two questions whatever their number: the head's row stays locked from the
 * first until the commit, and everybody who writes waits for it. Answers the new last link.
 */
export async function appendAudit(
  client: pg.ClientBase,
  notes: readonly AuditNote[],
  clock: Clock,
): Promise<AuditHead | undefined> {
  if (notes.length === 0) return undefined;
  const { rows } = await client.query<AuditHead>('select seq, hash from audit_head for update');
  let last = rows[0] ?? { seq: 0, hash: genesis };
  const at = clock.now().toISOString();
  const entries: AuditEntry[] = [];
  for (const { event, actor, subject, correlation, detail } of notes) {
    const seq = last.seq + 1;
    const rest = { event, actor, subject, correlation, detail, seq, at, previous: last.hash };
    last = { seq, hash: hashOf(rest) };
    entries.push({ ...rest, hash: last.hash });
  }
  await client.query(
    `with written as (
       insert into audit (seq, at, event, actor, subject, correlation, detail, previous, hash)
       select seq, $9, event, actor, subject, correlation, detail, previous, hash
       from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::text[], $8::text[])
         as entry (seq, event, actor, subject, correlation, detail, previous, hash))
     update audit_head set seq = $10, hash = $11`,
    [
      entries.map(({ seq }) => seq),
      entries.map(({ event }) => event),
      entries.map(({ actor }) => actor),
      entries.map(({ subject }) => subject),
      entries.map(({ correlation }) => correlation),
      entries.map(({ detail }) => JSON.stringify(detail)),
      entries.map(({ previous }) => previous),
      entries.map(({ hash }) => hash),
      at,
      last.seq,
      last.hash,
    ],
  );
  return last;
}

/** As `auditHash` of the core, without a wait between two links while everybody waits for the head. */
function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  return createHash('sha256').update(canonicalBytes(entry)).digest('base64url');
}
