import type { MemoryEnvelope } from '@tongban/core/testing';
import pg from 'pg';

/**
 * The peer: what PostgreSQL alone needs to make the same bytes durable, one transaction a submission over connections
 * of plain `pg` to the same server. No proof, no decryption, no check, no routing, no audit, no status.
 */
export async function bareInserts(url: string, connections: number) {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  await pool.query(`
    create schema bench;
    create table bench.files (address text primary key, bytes bytea not null);
    create table bench.envelopes (submission_id text primary key, envelope jsonb not null);
  `);
  return {
    async insert({ envelope, files }: MemoryEnvelope): Promise<void> {
      const client = await pool.connect();
      try {
        await client.query('begin');
        for (const [address, bytes] of files) {
          await client.query('insert into bench.files values ($1, $2)', [
            address,
            Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
          ]);
        }
        await client.query('insert into bench.envelopes values ($1, $2)', [
          envelope.submissionId,
          JSON.stringify(envelope),
        ]);
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    stop: () => pool.end(),
  };
}
