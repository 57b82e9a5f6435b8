import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Clock, Random } from '@tongban/core';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { forgetAnchors, readAnchors } from '../audit/anchor.ts';
import { beginLife, type Remembered, rememberedBy } from '../audit/epoch.ts';
import { readIdentity } from '../audit/identity.ts';
import { type AuditNote, appendAudit } from '../database/appendAudit.ts';
import { applySteps, knownSteps } from '../database/migrate.ts';
import { type Manifest, type Part, partOf, readBackup } from './manifest.ts';
import { type Place, withOwnDatabase } from './place.ts';
import { BackupRefused, orDiskFull } from './refusal.ts';
import { openSecrets, placeSecrets } from './sealedKeys.ts';
import { quoted } from './take.ts';

export interface RestoreRequest extends Place {
  readonly folder: string;
  readonly keysFile: string;
  readonly passphrase: string;
  /** Take the place of a database that already has a centre in it. */
  readonly replace: boolean;
}

/** What a restore made: the new name of the database's life. */
export interface Restored {
  readonly manifest: Manifest;
  readonly epoch: string;
}

/**
 * Restores a centre from a backup and begins one new life of its database. Everything is checked before anything is
 * touched, and the database changes in one transaction: interrupted, it is what it was. Throws {@link BackupRefused}.
 */
export async function restoreBackup(
  request: RestoreRequest,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<Restored> {
  const { manifest, sha256 } = await readBackup(request.folder);
  const known = await knownSteps();
  const newest = Math.max(0, ...known.map(({ step }) => step));
  if (manifest.schema > newest) throw new BackupRefused('schema-newer', String(manifest.schema));
  const secrets = await openSecrets(request.keysFile, request.passphrase, sha256);
  await mkdir(request.dataFolder, { recursive: true, mode: 0o711 });
  const anchors = await readAnchors(request.dataFolder);
  try {
    const epoch = await withOwnDatabase(request, async (client) => {
      await client.query('begin');
      try {
        await clear(client, request.replace);
        await applySteps(
          client,
          known.filter(({ step }) => step <= manifest.schema),
        );
        await fill(client, request.folder, manifest.parts);
        // Before the rows can be seen: a centre that found them without keys would make itself others.
        await placeSecrets(request.dataFolder, secrets);
        const begun = await newLife(client, clock, random, rememberedBy(anchors));
        await client.query('commit');
        return begun;
      } catch (error) {
        // Where the server is gone there is nothing to take back: the transaction went with it.
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    });
    // The new life is begun: what was remembered of the one before is answered for, and starts none a second time.
    await forgetAnchors(anchors);
    return { manifest, epoch };
  } catch (error) {
    throw await orDiskFull(error, request.dataFolder);
  }
}

/** Empties the schema of what is ours; refuses when a centre lives there, unless it is to be replaced. */
async function clear(client: pg.Client, replace: boolean): Promise<void> {
  const { rows } = await client.query<{ centre: string | null }>(
    `select to_regclass('centre')::text as centre`,
  );
  if (rows[0]?.centre != null && !replace) {
    const { rowCount } = await client.query('select 1 from centre');
    if ((rowCount ?? 0) > 0) throw new BackupRefused('database-not-empty');
  }
  const tables = await client.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = current_schema()`,
  );
  for (const { name } of tables.rows) await client.query(`drop table ${name} cascade`);
  await client.query('drop function if exists audit_is_append_only()');
}

/** Loads every part, a table after those it refers to. */
async function fill(client: pg.Client, folder: string, parts: readonly Part[]): Promise<void> {
  const { rows } = await client.query<{ one: string; other: string }>(
    `select conrelid::regclass::text as one, confrelid::regclass::text as other
     from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`,
  );
  const waiting = new Map(parts.map((part) => [part.table, part]));
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ table }) =>
      rows.every(({ one, other }) => one !== table || other === table || !waiting.has(other)),
    );
    if (ready.length === 0) throw new Error('tables refer to each other in a circle');
    for (const { table, columns } of ready) {
      const sink = client.query(
        copyFrom(`copy "${table}" (${quoted(columns)}) from stdin (format binary)`),
      );
      await pipeline(createReadStream(partOf(folder, table)), sink);
      waiting.delete(table);
    }
  }
}

async function newLife(client: pg.Client, clock: Clock, random: Random, remembered: Remembered) {
  const notes: AuditNote[] = [];
  const unit = {
    query: <Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]) =>
      client.query<Row>(sql, values as unknown[]),
    audit: (note: AuditNote) => void notes.push(note),
  };
  const epoch = await beginLife(unit, random, await readIdentity(unit), remembered);
  await appendAudit(client, notes, clock);
  return epoch;
}
