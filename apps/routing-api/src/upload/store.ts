import { mayStore } from '../custody/files.ts';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { Terminal } from '../terminal/proof.ts';

/** How far a file has come: bytes of it that are in a committed transaction. */
export interface Upload {
  readonly size: number;
  readonly received: number;
  /** When it is forgotten unless more of it comes; `undefined` once it is whole. */
  readonly expires: Date | undefined;
}

/** One terminal's upload of one file. */
export interface UploadKey {
  readonly address: string;
  readonly terminal: Terminal;
}

/** An upload that nobody goes on with is forgotten after this time, in ms. */
export const uploadLife = 7 * 86_400_000;

interface UploadRow {
  readonly size: number;
  readonly received: number;
  readonly touched_at: string;
}

/** Where an upload stands. A file that is here already, whoever sent it, is whole. */
export async function findUpload(
  { database, clock }: Centre,
  { address, terminal }: UploadKey,
): Promise<Upload | undefined> {
  const whole = await database.query<{ size: number }>(
    'select size from files where address = $1',
    [address],
  );
  const size = whole.rows[0]?.size;
  if (size !== undefined) return { size, received: size, expires: undefined };
  const { rows } = await database.query<UploadRow>(
    'select size, received, touched_at from uploads where address = $1 and stored_by = $2 and touched_at > $3',
    [address, terminal.terminal, oldest(clock.now())],
  );
  return rows[0] === undefined ? undefined : uploadOf(rows[0]);
}

/**
 * Begins an upload, or finds the one under way. `quota`: with what is on its way and what came today, this terminal
 * would store too much.
 */
export async function beginUpload(
  centre: Centre,
  key: UploadKey,
  size: number,
): Promise<Upload | 'quota'> {
  const { database, clock } = centre;
  const { address, terminal } = key;
  const found = await findUpload(centre, key);
  if (found !== undefined && (found.expires === undefined || found.size === size)) return found;
  const { rows } = await database.query<{ total: number }>(
    'select coalesce(sum(size), 0)::bigint as total from uploads where stored_by = $1 and address <> $2',
    [terminal.terminal, address],
  );
  if (!(await mayStore(centre, terminal, (rows[0]?.total ?? 0) + size))) return 'quota';
  await database.transaction(async (unit) => {
    // Expired, or begun with another length by mistake: it could never become whole.
    await unit.query(
      'delete from uploads where address = $1 and stored_by = $2 and (size <> $3 or touched_at <= $4)',
      [address, terminal.terminal, size, oldest(clock.now())],
    );
    await unit.query(
      'insert into uploads (address, stored_by, size, touched_at) values ($1, $2, $3, $4) on conflict do nothing',
      [address, terminal.terminal, size, clock.now().toISOString()],
    );
  });
  return (await findUpload(centre, key)) ?? { size, received: 0, expires: undefined };
}

export type Appended = Upload | 'elsewhere' | 'unknown' | 'too-long' | 'not-its-hash';

/**
 * Adds bytes at `at` in one transaction. `elsewhere`: the upload does not stand there (any more), another sender was
 * faster. With the last byte the whole is compared with its address: it becomes a file, or is forgotten.
 */
export async function appendToUpload(
  centre: Centre,
  { address, terminal }: UploadKey,
  at: number,
  bytes: Buffer,
): Promise<Appended> {
  const { database, clock } = centre;
  const now = clock.now();
  const key = [address, terminal.terminal];
  return database.transaction<Appended>(async (unit) => {
    // The row's lock makes two senders take turns; the offset lets only one of them go on.
    const { rows } = await unit.query<UploadRow>(
      'select size, received, touched_at from uploads where address = $1 and stored_by = $2 and touched_at > $3 for update',
      [...key, oldest(now)],
    );
    const row = rows[0];
    if (row === undefined) return 'unknown';
    if (row.received !== at) return 'elsewhere';
    const received = at + bytes.length;
    if (received > row.size) return 'too-long';
    if (bytes.length > 0) {
      await unit.query(
        'insert into upload_parts (address, stored_by, at, bytes) values ($1, $2, $3, $4)',
        [...key, at, bytes],
      );
    }
    await unit.query(
      'update uploads set received = $3, touched_at = $4 where address = $1 and stored_by = $2',
      [...key, received, now.toISOString()],
    );
    if (received < row.size)
      return uploadOf({ size: row.size, received, touched_at: now.toISOString() });
    const kept = await makeFile(unit, key, row.size, now);
    return kept ? { size: row.size, received, expires: undefined } : 'not-its-hash';
  });
}

/** Puts the parts together inside the database, where they lie. False when the whole is not what the address names. */
async function makeFile(
  unit: Unit,
  key: readonly string[],
  size: number,
  now: Date,
): Promise<boolean> {
  const address = key[0] as string;
  const hashed = await unit.query<{ hash: Buffer }>(
    `select sha256(coalesce(string_agg(bytes, ''::bytea order by at), ''::bytea)) as hash
     from upload_parts where address = $1 and stored_by = $2`,
    key,
  );
  const right = hashed.rows[0]?.hash.toString('base64url') === address;
  if (right) {
    await unit.query(
      `insert into files (address, size, bytes, stored_by, stored_at)
       select $1, $3, coalesce(string_agg(bytes, ''::bytea order by at), ''::bytea), $2, $4
       from upload_parts where address = $1 and stored_by = $2 on conflict do nothing`,
      [...key, size, now.toISOString()],
    );
  }
  await unit.query('delete from uploads where address = $1 and stored_by = $2', key);
  return right;
}

/** Forgets an upload. False when there is none. */
export async function endUpload(
  { database }: Centre,
  { address, terminal }: UploadKey,
): Promise<boolean> {
  const { rowCount } = await database.query(
    'delete from uploads where address = $1 and stored_by = $2',
    [address, terminal.terminal],
  );
  return (rowCount ?? 0) > 0;
}

/** Forgets the uploads that nobody went on with. Returns how many. */
export async function sweepUploads({ database, clock }: Centre): Promise<number> {
  const { rowCount } = await database.query('delete from uploads where touched_at <= $1', [
    oldest(clock.now()),
  ]);
  return rowCount ?? 0;
}

function oldest(now: Date): string {
  return new Date(now.getTime() - uploadLife).toISOString();
}

function uploadOf({ size, received, touched_at }: UploadRow): Upload {
  return { size, received, expires: new Date(Date.parse(touched_at) + uploadLife) };
}
