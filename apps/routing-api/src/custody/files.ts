import { createHash } from 'node:crypto';
import type { Database, Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { Terminal } from '../terminal/proof.ts';

/** Largest ciphertext: 10 MB of plain bytes, nonce and tag, and room to spare. */
export const fileLimit = 10.5 * 1024 * 1024;

/** Stores ciphertext under its own hash; storing it again changes nothing. False when the address is not its hash. */
export async function storeFile(
  database: Database,
  address: string,
  bytes: Buffer,
  storedBy: string,
  at: string,
): Promise<boolean> {
  if (createHash('sha256').update(bytes).digest('base64url') !== address) return false;
  await database.query(
    'insert into files (address, size, bytes, stored_by, stored_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [address, bytes.length, bytes, storedBy, at],
  );
  return true;
}

/** Which of these are not here, in the order given. Those that are cannot be removed until the transaction ends. */
export async function missingFiles(unit: Unit, addresses: readonly string[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  // One order for all, or two who name the same files would wait for each other.
  const { rows } = await unit.query<{ address: string }>(
    'select address from files where address = any($1) order by address for no key update',
    [addresses],
  );
  const here = new Set(rows.map((row) => row.address));
  return [...new Set(addresses)].filter((address) => !here.has(address));
}

/**
 * Marks files as named by an envelope in custody. An update, not only a lock: a sweep that waited for this transaction
 * then sees a row that changed, looks at its own condition again and leaves the file.
 */
export async function nameFiles(
  unit: Unit,
  addresses: readonly string[],
  at: string,
): Promise<void> {
  if (addresses.length === 0) return;
  await unit.query('update files set named_at = $2 where address = any($1) and named_at is null', [
    addresses,
    at,
  ]);
}

export async function readFileBytes(
  database: Pick<Database, 'query'>,
  address: string,
): Promise<Buffer | undefined> {
  const { rows } = await database.query<{ bytes: Buffer }>(
    'select bytes from files where address = $1',
    [address],
  );
  return rows[0]?.bytes;
}

const atOnce = 200;

/** Removes files that no envelope ever named, a month after they came, few at a time. Returns how many. */
export async function removeOrphans(database: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - 30 * 86_400_000).toISOString();
  let count = 0;
  for (;;) {
    const { rowCount } = await database.query(
      `delete from files where named_at is null and stored_at < $1 and address in (
         select address from files where named_at is null and stored_at < $1 order by stored_at limit ${atOnce})`,
      [before],
    );
    count += rowCount ?? 0;
    if ((rowCount ?? 0) < atOnce) return count;
  }
}

/** Bytes a day that a terminal may store: far above what a busy one needs, far below what fills the disk unseen. */
const dailyBytes = { kiosk: 4_000_000_000, counter: 4_000_000_000, phone: 400_000_000 } as const;

/** Whether a terminal may store so many bytes more today, parcels included. A phone is anybody's: it gets less. */
export async function mayStore(
  centre: Pick<Centre, 'database' | 'clock'>,
  { terminal, profile }: Terminal,
  bytes: number,
): Promise<boolean> {
  const since = new Date(centre.clock.now().getTime() - 86_400_000).toISOString();
  const { rows } = await centre.database.query<{ total: number }>(
    `select ((select coalesce(sum(size), 0) from files where stored_by = $1 and stored_at > $2)
       + (select coalesce(sum(size), 0) from handovers where given_by = $1 and given_at > $2))::bigint as total`,
    [terminal, since],
  );
  return (rows[0]?.total ?? 0) + bytes <= dailyBytes[profile];
}
