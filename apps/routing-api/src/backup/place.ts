import pg from 'pg';
import { adminUrlOf, startEmbedded } from '../database/embedded.ts';

/** Where a centre lives. */
export interface Place {
  /** Keys, and the database unless `databaseUrl` names another. */
  readonly dataFolder: string;
  readonly databaseUrl?: string;
}

/** Works with the database of a centre, running or not; a built-in one that stands still is started for as long. */
export async function withClient<T>(
  { dataFolder, databaseUrl }: Place,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const running = databaseUrl ?? (await adminUrlOf(dataFolder));
  if (running !== undefined) return connected(running, work);
  return withOwnDatabase({ dataFolder }, work);
}

/** As {@link withClient}, as the API's own role and with nobody else at a built-in database: for what changes it. */
export async function withOwnDatabase<T>(
  { dataFolder, databaseUrl }: Place,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  if (databaseUrl !== undefined) return connected(databaseUrl, work);
  const server = await startEmbedded(dataFolder);
  try {
    return await connected(server.url, work);
  } finally {
    await server.stop();
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'tongban backup' });
  // A server that ends meanwhile is told by the question under way; Node would end us for it as well.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
