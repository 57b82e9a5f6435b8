import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '@tongban/core';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { createDurably, writeDurably } from '../keys/durableFile.ts';
import { type Manifest, manifestText, type Part, partOf } from './manifest.ts';
import { type Place, withClient } from './place.ts';
import { BackupRefused, orDiskFull } from './refusal.ts';
import { readSecrets, sealSecrets } from './sealedKeys.ts';

/** What a restored centre must not have: who was signed in or on the way there, and proofs that count for ten minutes. */
const leftOut = ['migrations', 'proofs', 'sessions', 'sign_ins', 'code_sign_ins'];

export interface BackupRequest extends Place {
  /** Folder for the backup; made, or empty. */
  readonly folder: string;
  /** File for the encrypted keys; outside that folder, and not there yet. */
  readonly keysFile: string;
  /** At least 16 characters. */
  readonly passphrase: string;
}

/**
 * Takes a backup of a centre, which may be running: every table as of one moment (one read-only snapshot), the keys
 * apart and encrypted, the manifest last. Throws {@link BackupRefused}; what was begun is then removed.
 */
export async function takeBackup(request: BackupRequest, clock: Clock): Promise<Manifest> {
  const folder = resolve(request.folder);
  const keysFile = resolve(request.keysFile);
  if (!relative(folder, keysFile).startsWith('..'))
    throw new BackupRefused('keys-beside-data', keysFile);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new BackupRefused('folder-not-empty', folder);
  if ((await stat(keysFile).catch(() => undefined)) !== undefined)
    throw new BackupRefused('keys-file-there', keysFile);
  let keysMade = false;
  try {
    await mkdir(join(folder, 'tables'), { mode: 0o700 });
    const manifest = await withClient(request, (client) => copyAll(client, folder, clock));
    const { text, sha256 } = manifestText(manifest);
    // Read after the snapshot: keys are only ever added, so none that a row of it needs can be missing.
    const secrets = await readSecrets(request.dataFolder);
    await mkdir(dirname(keysFile), { recursive: true, mode: 0o700 });
    const sealed = sealSecrets(secrets, request.passphrase, sha256);
    if ((await createDurably(keysFile, sealed)) !== sealed)
      throw new BackupRefused('keys-file-there', keysFile);
    keysMade = true;
    await writeDurably(join(folder, 'manifest.json'), text);
    return manifest;
  } catch (error) {
    await rm(join(folder, 'tables'), { recursive: true, force: true });
    if (keysMade) await rm(keysFile, { force: true });
    throw await orDiskFull(error, folder);
  }
}

async function copyAll(client: pg.Client, folder: string, clock: Clock): Promise<Manifest> {
  await client.query('begin isolation level repeatable read read only');
  const at = clock.now().toISOString();
  // The first question takes the snapshot.
  const { rows } = await client.query<Omit<Manifest, 'form' | 'at' | 'parts'>>(
    `select (select max(step) from migrations) as schema, epoch,
       audit_head.seq::int8 as "auditSeq", audit_head.hash as "auditHash" from centre, audit_head`,
  );
  const head = rows[0];
  if (head === undefined) throw new BackupRefused('no-centre', folder);
  const parts: Part[] = [];
  for (const { table, columns } of await tablesOf(client))
    parts.push(await copyOne(client, folder, table, columns));
  await client.query('commit');
  return { form: 'tongban-backup-1', ...head, auditSeq: Number(head.auditSeq), at, parts };
}

async function tablesOf(client: pg.Client) {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select table_name::text as table, array_agg(column_name::text order by ordinal_position) as columns
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name <> all($1)
     group by table_name order by table_name`,
    [leftOut],
  );
  return rows;
}

async function copyOne(
  client: pg.Client,
  folder: string,
  table: string,
  columns: readonly string[],
): Promise<Part> {
  const hash = createHash('sha256');
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const source = client.query(
    copyTo(`copy "${table}" (${quoted(columns)}) to stdout (format binary)`),
  );
  const file = createWriteStream(partOf(folder, table), { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(source, counting, file);
  return { table, columns, rows: source.rowCount, bytes, sha256: hash.digest('base64url') };
}

/** Column names as SQL lists them. */
export function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}
