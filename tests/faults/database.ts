import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbedded } from '@tongban/routing-api';
import pg from 'pg';

/** The centre's PostgreSQL: killed, copied and put back at will, and always found at the same port. */
export interface FaultyDatabase {
  /** Connection of the API's role, through a port that stays. */
  readonly url: string;
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** SIGKILL to the server; its data stay as they lie, and it recovers from its log. */
  kill(): Promise<void>;
  /** Keeps a copy of the cluster as a power cut leaves it, then goes on. */
  backUp(): Promise<void>;
  /** Goes back to the copy. False when there is none yet. */
  restore(): Promise<boolean>;
  stop(): Promise<void>;
}

export async function startDatabase(folder: string): Promise<FaultyDatabase> {
  const cluster = join(folder, 'database');
  const copy = join(folder, 'backup');
  let server: EmbeddedServer = await startEmbedded(folder);
  let copied = false;
  const open = new Set<Socket>();

  const port = createServer((client) => {
    const upstream = connect(Number(new URL(server.url).port), '127.0.0.1');
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      // A server that was killed resets its connections; that is what these rounds are about.
      socket.on('error', () => socket.destroy());
    }
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => port.listen(0, '127.0.0.1', resolve));
  const stays = (url: string) => {
    const at = new URL(url);
    at.port = String((port.address() as AddressInfo).port);
    return at.href;
  };

  async function kill(): Promise<void> {
    process.kill(server.pid, 'SIGKILL');
    await gone(server.pid);
    for (const socket of open) socket.destroy();
  }

  async function whileDown(work: () => void | Promise<void>): Promise<void> {
    await kill();
    await work();
    server = await startEmbedded(folder);
  }

  return {
    url: stays(server.url),
    async query<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) {
      const client = new pg.Client({ connectionString: inDatabase(server) });
      await client.connect();
      try {
        return (await client.query<Row>(sql, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    kill: () => whileDown(() => undefined),
    backUp: () =>
      whileDown(async () => {
        await rm(copy, { recursive: true, force: true });
        // Not Node's own copying: owners and modes must be kept.
        execFileSync('cp', ['-a', cluster, copy]);
        copied = true;
      }),
    async restore() {
      if (!copied) return false;
      await whileDown(async () => {
        await rm(cluster, { recursive: true, force: true });
        execFileSync('cp', ['-a', copy, cluster]);
      });
      return true;
    },
    async stop() {
      for (const socket of open) socket.destroy();
      port.close();
      await server.stop();
    },
  };
}

/** The superuser's connection, in the centre's own database. */
function inDatabase({ adminUrl }: EmbeddedServer): string {
  const url = new URL(adminUrl);
  url.pathname = '/tongban';
  return url.href;
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
