import type { Database } from '../database/database.ts';

/** A value as it might lie somewhere: plain, hexadecimal (how PostgreSQL writes bytes), Base64. */
export function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ];
}

/** Every row of every table as text, but for accounts (staff by name) and the catalogue, which are not about applicants. */
export async function everythingStored(database: Pick<Database, 'query'>): Promise<string> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('accounts', 'catalogues')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const condition = name === 'changes' ? `where scope <> 'catalogue'` : '';
    const { rows } = await database.query<{ row: string }>(
      `select t::text as row from (select * from ${name} ${condition}) t`,
    );
    found.push(...rows.map(({ row }) => row));
  }
  return found.join('\n');
}
