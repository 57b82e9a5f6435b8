import { request } from 'node:http';
import { systemClock, systemRandom } from '@tongban/core';
import { memoryVault } from '@tongban/core/testing';
import { makeProof, proofHeader, type StreamLine } from '@tongban/sync/protocol';
import pg from 'pg';

export const hall = 'bench';

type Vault = Awaited<ReturnType<typeof memoryVault>>;

/** Terminals of one hall as if they had enrolled long ago: written into the database, each with a key of its own. */
export async function enrolled(adminUrl: string, count: number): Promise<Vault[]> {
  const vaults: Vault[] = [];
  for (let n = 0; n < count; n += 1) vaults.push(await memoryVault());
  const identities = await Promise.all(vaults.map((vault) => vault.terminal()));
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(
      `insert into terminals (terminal, jwk, profile, name, hall, status_group, enrolled_at)
       select id, jwk, 'kiosk', 'bench', $3, 'hall:' || $3, '2026-01-01' from unnest($1::text[], $2::jsonb[]) as t (id, jwk)`,
      [
        identities.map(({ id }) => id),
        identities.map(({ publicJwk }) => JSON.stringify(publicJwk)),
        hall,
      ],
    );
  } finally {
    await client.end();
  }
  return vaults;
}

export interface Listening {
  /** Called with each line and the moment it was read. */
  onLine: (line: StreamLine, at: number) => void;
  close(): void;
}

/** Opens the live stream of one terminal; resolves with its hello. */
export async function listen(origin: string, vault: Vault): Promise<Listening> {
  const path = '/api/v1/stream';
  const proof = await makeProof({ method: 'GET', url: path }, vault, systemClock, systemRandom);
  return new Promise((resolve, reject) => {
    const asked = request(
      `${origin}${path}`,
      { agent: false, headers: { [proofHeader]: proof } },
      (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${answer.statusCode}`));
        let rest = '';
        const listening: Listening = { onLine: () => undefined, close: () => asked.destroy() };
        answer.setEncoding('utf8');
        answer.on('error', () => undefined);
        answer.on('data', (part: string) => {
          const at = performance.now();
          const lines = `${rest}${part}`.split('\n');
          rest = lines.pop() ?? '';
          for (const text of lines) {
            const line = JSON.parse(text) as StreamLine;
            if (line.kind === 'hello') resolve(listening);
            listening.onLine(line, at);
          }
        });
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}
