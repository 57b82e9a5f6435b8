import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { startTongban, type Tongban } from './tongban.ts';

let centre: Tongban | undefined;

afterEach(async () => {
  await centre?.stop();
  centre = undefined;
});

const health = async (origin: string): Promise<number> =>
  (await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(5_000) })).status;

describe('a centre under test', { timeout: 120_000 }, () => {
  test('can serve when it is given out, and leaves nothing behind', async () => {
    const own = await startTongban();
    expect(await health(own.origin)).toBe(200);
    await own.stop();
    await expect(health(own.origin)).rejects.toThrow();
    expect(existsSync(own.dataFolder)).toBe(false);
  });

  test('comes back on its port and data after a crash that left its database running', async () => {
    const first = await startTongban();
    const port = Number(new URL(first.origin).port);
    await first.crash();
    centre = await startTongban({ dataFolder: first.dataFolder, port });
    expect(centre.origin).toBe(first.origin);
    expect(await health(centre.origin)).toBe(200);
    await centre.stop();
    await rm(first.dataFolder, { recursive: true, force: true });
  });
});
