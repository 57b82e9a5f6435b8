import { base64url, systemRandom } from '@tongban/core';
import type { RxStorage } from 'rxdb';
import { afterEach, describe, expect, test } from 'vitest';
import { createCentre } from '../centre/centre.ts';
import type { Scope } from '../protocol/index.ts';
import { type OpenedDatabase, openDatabase } from '../storage/database.ts';
import { rowsOf } from '../storage/rows.ts';
import { simulatedCentre } from '../testing/centre.ts';
import { dump, emptyDisk, storageOfTab } from '../testing/disk.ts';
import { handTimer } from '../testing/hands.ts';
import { openTransport } from '../testing/transport.ts';
import { type PulledRow, replicateScope } from './scope.ts';

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

/** One scope replicated from a simulated centre, over a disk that outlives it. */
async function stage(
  given: { disk?: ReturnType<typeof emptyDisk>; key?: CryptoKey; scope?: Scope } = {},
) {
  const scope = given.scope ?? 'status';
  const disk = given.disk ?? emptyDisk();
  const key =
    given.key ??
    (await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]));
  const centre = simulatedCentre();
  const refusal = { of: undefined as string | undefined };
  const database: OpenedDatabase<Scope> = await openDatabase({
    name: 'pulls',
    storage: refusing(storageOfTab(disk, 'one'), refusal),
    key,
    random: systemRandom,
    collections: { status: ['receiptNumber'], catalogue: [], settings: [] },
  });
  const asked: string[] = [];
  const arrive = openTransport(centre);
  const line = { cut: false };
  const client = createCentre({
    origin: '',
    vault: {
      terminal: async () => ({ id: 't' as never, publicJwk: {} }),
      sign: async () => new Uint8Array(64),
    },
    centreClock: { now: () => new Date() },
    random: systemRandom,
    timer: handTimer(),
    fetch: async (input, init) => {
      asked.push(`${init?.method} ${String(input)}`);
      if (line.cut) throw new TypeError('Failed to fetch');
      return arrive(input, init);
    },
  });
  const pull = replicateScope(scope, database.collections[scope], client);
  const rows = rowsOf<PulledRow>(database.collections[scope]);
  const close = async () => {
    await pull.stop();
    await database.close();
  };
  open.push({ stop: close });
  return {
    centre,
    disk,
    key,
    refusal,
    line,
    asked,
    pull: pull.pull,
    rows,
    ids: async () => (await rows.all()).map(({ id }) => id),
    async close() {
      open.pop();
      await close();
    },
  };
}

/** A storage that refuses writes to collections whose name contains `refusal.of`. */
function refusing(storage: RxStorage<unknown, unknown>, refusal: { of: string | undefined }) {
  return {
    ...storage,
    async createStorageInstance(params) {
      const instance = await storage.createStorageInstance(params);
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = async (rows, context) => {
        if (refusal.of !== undefined && params.collectionName.includes(refusal.of)) {
          throw new DOMException('full', 'QuotaExceededError');
        }
        return write(rows, context);
      };
      return instance;
    },
  } satisfies RxStorage<unknown, unknown>;
}

const complete = { kind: 'complete', epoch: 'epoch-1' };

function fill(centre: ReturnType<typeof simulatedCentre>, count: number): string[] {
  const ids = Array.from({ length: count }, (_, index) => `row-${String(index).padStart(4, '0')}`);
  for (const id of ids) centre.change('status', id, { about: id });
  return ids;
}

describe('pull', () => {
  test('[P1] rows come down, and nothing but questions goes up', async () => {
    const { centre, pull, ids, asked } = await stage();
    const all = fill(centre, 5);
    expect(await pull()).toEqual(complete);
    expect(await ids()).toEqual(all);
    centre.change('status', 'row-0002', { about: 'changed' });
    expect(await pull()).toEqual(complete);
    for (const question of asked) expect(question).toMatch(/^GET \/api\/v1\/changes\/status\?/);
  });

  test('[P1] a row changed here by mistake is no conflict: what the centre has counts', async () => {
    const { centre, pull, rows, asked } = await stage();
    fill(centre, 1);
    await pull();
    await rows.update('row-0000', (row) => row && { ...row, body: { about: 'local' } });
    centre.change('status', 'row-0000', { about: 'of the centre' });
    await pull();
    expect((await rows.get('row-0000'))?.body).toEqual({ about: 'of the centre' });
    expect(asked.every((question) => question.startsWith('GET '))).toBe(true);
  });

  test('[P2] short pages and empty pages are not the end as long as the centre says there is more', async () => {
    const { centre, pull, ids } = await stage();
    const all = fill(centre, 30);
    centre.knobs.pageSize = 4;
    // Whole pages vanish, others become short: rows that this terminal may not see.
    centre.knobs.hides = ({ seq }) => seq <= 8 || seq % 3 === 0 || (seq > 20 && seq < 29);
    expect(await pull()).toEqual(complete);
    expect(await ids()).toEqual(
      all.filter((_, index) => !centre.knobs.hides({ seq: index + 1 } as never)),
    );
  });

  test('[P2] a centre that promises more and never moves on is a fault, not a loop', async () => {
    const { centre, pull, asked } = await stage();
    fill(centre, 3);
    centre.knobs.hides = () => true;
    centre.knobs.answer = (answer) => ({
      ...(answer as object),
      complete: false,
      checkpoint: { epoch: 'epoch-1', seq: 0 },
    });
    expect(await pull()).toEqual({ kind: 'failed', why: { kind: 'fault', why: 'not-the-centre' } });
    expect(asked.length).toBeLessThan(3);
  });

  test('[P3] a page that could not be written is pulled again, not skipped', async () => {
    const { centre, pull, ids, refusal, asked } = await stage();
    const all = fill(centre, 10);
    centre.knobs.pageSize = 5;
    refusal.of = 'status';
    expect(await pull()).toEqual({ kind: 'failed', why: 'store' });
    expect(await ids()).toEqual([]);
    refusal.of = undefined;
    expect(await pull()).toEqual(complete);
    expect(await ids()).toEqual(all);
    expect(asked[0]).toBe(asked[1]);
  });

  test('[P3] a page refused in the middle of a long pull is not overtaken by the next', async () => {
    const { centre, pull, ids, refusal, close, disk, key } = await stage();
    const all = fill(centre, 20);
    centre.knobs.pageSize = 5;
    let pages = 0;
    centre.knobs.answer = (answer) => {
      pages += 1;
      refusal.of = pages === 2 ? 'status' : undefined;
      return answer;
    };
    expect(await pull()).toEqual({ kind: 'failed', why: 'store' });
    expect(await ids()).toEqual(all.slice(0, 5));
    // As if the device were switched off right then.
    await close();
    const next = await stage({ disk, key });
    fill(next.centre, 20);
    expect(await next.pull()).toEqual(complete);
    expect(await next.ids()).toEqual(all);
  });

  test('[P3] a checkpoint that could not be written is an older one, and pulling goes on', async () => {
    const { centre, pull, ids, refusal, asked } = await stage();
    const all = fill(centre, 4);
    refusal.of = 'rx-replication-meta';
    expect(await pull()).toEqual(complete);
    expect(await ids()).toEqual(all);
    refusal.of = undefined;
    centre.change('status', 'row-0009', {});
    expect(await pull()).toEqual(complete);
    expect(await ids()).toEqual([...all, 'row-0009']);
    expect(asked[1]).toBe(asked[0]);
  });

  test('[P3] after a restart it goes on from where it was', async () => {
    const first = await stage();
    fill(first.centre, 3);
    await first.pull();
    await first.close();
    const second = await stage({ disk: first.disk, key: first.key });
    fill(second.centre, 3);
    second.centre.change('status', 'row-0007', {});
    expect(await second.pull()).toEqual(complete);
    expect(second.asked).toEqual(['GET /api/v1/changes/status?limit=500&epoch=epoch-1&seq=3']);
    expect(await second.ids()).toContain('row-0007');
  });

  test('[P7] a row deleted at the centre disappears here, and may come back', async () => {
    const { centre, pull, ids } = await stage();
    fill(centre, 3);
    await pull();
    centre.change('status', 'row-0001', {}, true);
    await pull();
    expect(await ids()).toEqual(['row-0000', 'row-0002']);
    centre.change('status', 'row-0001', { about: 'again' });
    await pull();
    expect(await ids()).toHaveLength(3);
  });

  test('[E2] a restored centre is pulled from the beginning, and what it lost disappears', async () => {
    const { centre, pull, ids, rows } = await stage();
    fill(centre, 3);
    const backup = centre.backup();
    centre.change('status', 'row-0000', { about: 'after the backup' });
    centre.change('status', 'row-0100', { about: 'after the backup' });
    await pull();
    expect(await ids()).toHaveLength(4);
    centre.restore(backup);
    expect(await pull()).toEqual({ kind: 'complete', epoch: 'epoch-2' });
    expect(await ids()).toEqual(['row-0000', 'row-0001', 'row-0002']);
    expect((await rows.get('row-0000'))?.body).toEqual({ about: 'row-0000' });
  });

  test('[E2] a resync cut short by a kill is finished at the next start', async () => {
    const first = await stage();
    fill(first.centre, 6);
    first.centre.change('status', 'row-0100', { about: 'of the old life' });
    await first.pull();
    first.centre.restore({ ...first.centre.backup(), scopes: new Map() });
    for (const id of ['row-0000', 'row-0001', 'row-0002', 'row-0003'])
      first.centre.change('status', id, {});
    first.centre.knobs.pageSize = 2;
    let pages = 0;
    first.centre.knobs.answer = (answer) => {
      pages += 1;
      // The mismatch is noticed on page 1, page 2 is the first of the new life; then the line is cut.
      if (pages === 2) first.line.cut = true;
      return answer;
    };
    expect(await first.pull()).toMatchObject({ kind: 'failed', why: { kind: 'fault' } });
    await first.close();

    const second = await stage({ disk: first.disk, key: first.key });
    second.centre.restore(first.centre.backup());
    expect(await second.pull()).toEqual({ kind: 'complete', epoch: 'epoch-2' });
    expect(await second.ids()).toEqual(['row-0000', 'row-0001', 'row-0002', 'row-0003']);
  });

  test("[S4] [S1] rows and checkpoints lie encrypted, the receipt's number in clear", async () => {
    const { centre, pull, disk } = await stage();
    const secret = base64url(systemRandom.bytes(12));
    centre.change('status', 'row-1', { about: secret });
    centre.change('status', 'row-2', {
      caseNumber: 'row-2',
      receiptNumber: 'R-in-clear',
      item: 'residence-permit',
      department: 'police',
      rule: 0,
      state: 'received',
      gap: false,
      events: [],
      updatedAt: '2026-11-23T09:00:00Z',
    });
    await pull();
    const bytes = await dump(disk.indexedDB);
    expect(bytes).not.toContain(secret);
    expect(bytes).not.toContain('epoch-1');
    expect(bytes).toContain('R-in-clear');
  });
});
