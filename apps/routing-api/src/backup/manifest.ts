import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { canonicalBytes } from '@tongban/core';
import { BackupRefused } from './refusal.ts';

/** One table: all its rows as PostgreSQL's binary COPY writes them. */
export interface Part {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Length of the file in bytes, and its SHA-256 in base64url. */
  readonly bytes: number;
  readonly sha256: string;
}

/** What a backup holds. Written last: a folder without it is no backup. */
export interface Manifest {
  readonly form: 'tongban-backup-1';
  /** Highest migration of the database it was taken from. */
  readonly schema: number;
  readonly epoch: string;
  /** ISO time at which it was begun; every row is as of then. */
  readonly at: string;
  readonly auditSeq: number;
  readonly auditHash: string;
  readonly parts: readonly Part[];
}

const pathOf = (folder: string) => join(folder, 'manifest.json');
export const partOf = (folder: string, table: string) => join(folder, 'tables', `${table}.copy`);

/** Canonical form (RFC 8785), and the hash to which the keys of the backup are bound. */
export function manifestText(manifest: Manifest): { text: string; sha256: string } {
  const bytes = canonicalBytes(manifest);
  return { text: new TextDecoder().decode(bytes), sha256: hashOf(bytes) };
}

/** Reads the manifest and checks every part against it, byte by byte. Throws {@link BackupRefused}. */
export async function readBackup(folder: string): Promise<{ manifest: Manifest; sha256: string }> {
  const bytes = await readFile(pathOf(folder)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new BackupRefused('manifest-missing', folder);
    throw error;
  });
  const manifest = parsed(bytes, pathOf(folder));
  for (const { table, bytes: size, sha256 } of manifest.parts) {
    const file = partOf(folder, table);
    const found = await stat(file).catch(() => undefined);
    if (found === undefined) throw new BackupRefused('part-missing', file);
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    if (found.size !== size || hash.digest('base64url') !== sha256)
      throw new BackupRefused('part-changed', file);
  }
  return { manifest, sha256: hashOf(bytes) };
}

function parsed(bytes: Uint8Array, file: string): Manifest {
  try {
    const manifest = JSON.parse(Buffer.from(bytes).toString('utf8')) as Manifest;
    // Names become parts of SQL and of paths.
    const names = manifest.parts.flatMap(({ table, columns }) => [table, ...columns]);
    if (manifest.form === 'tongban-backup-1' && names.every((name) => /^[a-z_]+$/.test(name)))
      return manifest;
  } catch {
    // Said below: a manifest that cannot be read was changed.
  }
  throw new BackupRefused('manifest-changed', file);
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url');
}
