import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { adminUrlOf } from '@tongban/routing-api';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTongban, type Tongban } from '../../tests/support/tongban.ts';
import { auditVerifyCommand } from './audit.ts';
import { dispatch } from './dispatch.ts';

let centre: Tongban;

beforeAll(async () => {
  centre = await startTongban();
});
afterAll(async () => {
  await centre.stop();
});

async function verify(...args: readonly string[]) {
  const said: string[] = [];
  const keep = (line: string): void => void said.push(line);
  const out = { result: keep, remark: keep };
  const exit = await dispatch(['audit', 'verify', ...args], [auditVerifyCommand], out);
  return { exit, said: said.join('\n') };
}

/** What only a superuser can do: the log is closed to the API's own role. */
async function tamper(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: await adminUrlOf(centre.dataFolder) });
  await client.connect();
  try {
    await client.query(`set session_replication_role = replica; ${sql}`);
  } finally {
    await client.end();
  }
}

describe('tongban audit verify', () => {
  test('says that the log of a running centre holds, how long it is and its end', async () => {
    const { exit, said } = await verify('--data', centre.dataFolder);
    expect(said).toMatch(/The audit log holds: [1-9]\d* entries, the last one [\w-]{43}\./);
    expect(said).toContain('日志');
    expect(exit).toBe(0);
    const json = await verify('--data', centre.dataFolder, '--json');
    expect(JSON.parse(json.said)).toMatchObject({ holds: true });
  });

  test('names the first entry that was altered, and why', async () => {
    await tamper(`update audit set actor = actor || '?' where seq = 1`);
    try {
      const { exit, said } = await verify('--data', centre.dataFolder);
      expect(said).toContain('does not hold from entry 1 on');
      expect(said).toContain('Its content was changed.');
      expect(exit).toBe(1);
    } finally {
      await tamper(`update audit set actor = rtrim(actor, '?') where seq = 1`);
    }
    expect((await verify('--data', centre.dataFolder)).exit).toBe(0);
  });

  test('makes nothing in a folder that is no centre’s, and says so without a stack', async () => {
    const wrong = join(centre.dataFolder, 'elsewhere');
    const { exit, said } = await verify('--data', wrong);
    expect(exit).toBe(2);
    expect(said).toContain(wrong);
    expect(said).toContain('There is no log');
    expect(said).not.toMatch(/^\s+at /m);
    expect(existsSync(wrong)).toBe(false);
  });

  test.each([
    ['a database that cannot be reached', 'postgres://nobody@127.0.0.1:9/none', 'ECONNREFUSED'],
    ['an address that is none', 'postgres://[', 'Invalid URL'],
  ])('says so without a stack for %s', async (_name, url, why) => {
    const { exit, said } = await verify('--database', url);
    expect(exit).toBe(2);
    expect(said).toContain(why);
    expect(said).not.toMatch(/^\s+at /m);
  });

  test('says so without a stack for a database of something else', async () => {
    const other = new URL((await adminUrlOf(centre.dataFolder)) ?? '');
    other.pathname = '/postgres';
    const { exit, said } = await verify('--database', other.href);
    expect(exit).toBe(2);
    expect(said).toContain(`There is no log of Tongban in ${other.host}/postgres.`);
  });
});
