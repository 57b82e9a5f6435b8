import { type AuditEntry, firstBreak } from '@tongban/core';
import pg from 'pg';
import { adminUrlOf, hasCluster, startEmbedded } from '../database/embedded.ts';
import { StartFailure } from '../database/failure.ts';
import { startSentence } from '../words.ts';
import { readAnchors } from './anchor.ts';

/** Outcome of checking the whole log; `entries` is how many links were read. */
export type AuditVerdict =
  | { readonly holds: true; readonly entries: number; readonly head: string }
  | {
      readonly holds: false;
      readonly entries: number;
      /** Sequence number of the first entry that does not hold. */
      readonly seq: number;
      readonly why: 'gap' | 'not-linked' | 'altered' | 'cut-short' | 'not-our-chain';
    };

/**
 * Reads the audit log from its first entry to its last and recomputes every hash. With a data folder the end is
 * compared with the link remembered there, which shows a log whose end was cut off (`cut-short`) or that was written
 * anew (`not-our-chain`). Looks only: it may run beside the API, makes nothing where nothing is, and a built-in database
 * that stands still it starts for as long as it looks. Throws {@link StartFailure} when there is no log to read.
 */
export async function verifyAudit(where: {
  readonly databaseUrl?: string;
  readonly dataFolder?: string;
}): Promise<AuditVerdict> {
  if (where.databaseUrl !== undefined) return verifyAt(where.databaseUrl, where.dataFolder);
  if (where.dataFolder === undefined) throw new TypeError('a database or a data folder is needed');
  const running = await adminUrlOf(where.dataFolder);
  if (running !== undefined) return verifyAt(running, where.dataFolder);
  if (!(await hasCluster(where.dataFolder)))
    throw new StartFailure('no-log', startSentence('no-log', { where: where.dataFolder }));
  const server = await startEmbedded(where.dataFolder);
  try {
    return await verifyAt(server.adminUrl, where.dataFolder);
  } finally {
    await server.stop();
  }
}

async function verifyAt(url: string, dataFolder: string | undefined): Promise<AuditVerdict> {
  const client = await clientFor(url);
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('audit') is not null as there`,
    );
    if (rows[0]?.there !== true) {
      // Without the account and its password.
      const where = `${client.host}:${client.port}/${client.database}`;
      throw new StartFailure('no-log', startSentence('no-log', { where }));
    }
    await client.query('begin isolation level repeatable read read only');
    let entries = 0;
    let head = '';
    // Read before the first query takes the snapshot, so that it is never ahead of what we see.
    const anchors = dataFolder === undefined ? [] : await readAnchors(dataFolder);
    const remembered = Map.groupBy(
      anchors.flatMap(({ head }) => head ?? []),
      ({ seq }) => seq,
    );
    let foreign: number | undefined;
    async function* counted(): AsyncGenerator<AuditEntry> {
      for await (const entry of entriesOf(client)) {
        entries += 1;
        head = entry.hash;
        if (remembered.get(entry.seq)?.some(({ hash }) => hash !== entry.hash))
          foreign ??= entry.seq;
        yield entry;
      }
    }
    const broken = await firstBreak(counted());
    if (broken !== undefined) return { holds: false, entries, ...broken };
    const recorded = await client.query<{ seq: number; hash: string }>(
      'select seq, hash from audit_head',
    );
    const last = recorded.rows[0];
    if (last !== undefined && last.seq > entries)
      return { holds: false, entries, seq: entries + 1, why: 'cut-short' };
    if (Math.max(0, ...remembered.keys()) > entries)
      return { holds: false, entries, seq: entries + 1, why: 'cut-short' };
    if (foreign !== undefined) return { holds: false, entries, seq: foreign, why: 'not-our-chain' };
    return { holds: true, entries, head };
  } finally {
    await client.end();
  }
}

async function clientFor(url: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  } catch (error) {
    // A wrong address, password or network is for whoever asked to put right; none of it is a fault of ours.
    const { message: said } = error as Error;
    throw new StartFailure('database-unreachable', startSentence('database-unreachable', { said }));
  }
}

async function* entriesOf(client: pg.Client): AsyncGenerator<AuditEntry> {
  const page = 1_000;
  for (let after = 0; ; ) {
    const { rows } = await client.query<AuditEntry>(
      'select seq, at, event, actor, subject, correlation, detail, previous, hash from audit where seq > $1 order by seq limit $2',
      [after, page],
    );
    for (const row of rows) {
      yield { ...row, seq: Number(row.seq) };
      after = Number(row.seq);
    }
    if (rows.length < page) return;
  }
}
