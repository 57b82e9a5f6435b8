import { adminUrlOf } from '@tongban/routing-api';
import pg from 'pg';

/** Asks the database of a running centre, beside everything that the centre itself would answer. */
export async function askDatabase<Row extends pg.QueryResultRow>(
  dataFolder: string,
  query: string,
  values: readonly string[] = [],
): Promise<readonly Row[]> {
  const database = new pg.Client({ connectionString: await adminUrlOf(dataFolder) });
  await database.connect();
  try {
    return (await database.query<Row>(query, [...values])).rows;
  } finally {
    await database.end();
  }
}
