import { base64url, systemRandom } from '@tongban/core';
import type { RxStorage } from 'rxdb';
import { afterEach, describe, expect, test } from 'vitest';
import { createCentre } from '../centre/centre.ts';
import { openDatabase } from '../storage/database.ts';
import { type KeptRow, keptIn } from '../storage/kept.ts';
import { rowsOf } from '../storage/rows.ts';
import { simulatedCentre } from '../testing/centre.ts';
import { dump, emptyDisk, storageOfTab } from '../testing/disk.ts';
import { handTimer } from '../testing/hands.ts';
import { receivedStatus } from '../testing/status.ts';
import { openTransport } from '../testing/transport.ts';
import { type Drawer, drawerFor, withRows } from './drawers.ts';
import { type PulledRow, replicateScope } from './scope.ts';
import { pullStatus } from './statusPull.ts';

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

interface Given {
  readonly disk?: ReturnType<typeof emptyDisk>;
  readonly key?: CryptoKey;
  /** Of the status: so many are written together. */
  readonly rowsAtOnce?: number;
}

/** One scope pulled from a simulated centre, over a disk that outlives it. */
async function stage(scope: 'settings' | 'status', given: Given = {}) {
  const disk = given.disk ?? emptyDisk();
  const key =
    given.key ??
    (await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]));
  const centre = simulatedCentre();
  const refusal: Refusal = { of: undefined, after: 0 };
  const database = await openDatabase({
    name: 'pulls',
    storage: refusing(storageOfTab(disk, 'one'), refusal),
    key,
    random: systemRandom,
    collections: ['status', 'settings', 'kept'],
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
  const { collections } = database;
  const replicated = rowsOf<PulledRow>(collections.settings);
  const drawers = rowsOf<Drawer>(collections.status);
  const { pull, stop } =
    scope === 'settings'
      ? replicateScope(scope, collections.settings, client)
      : pullStatus({
          rows: drawers,
          kept: keptIn(rowsOf<KeptRow>(collections.kept)),
          centre: client,
          ...(given.rowsAtOnce !== undefined && { rowsAtOnce: given.rowsAtOnce }),
        });
  /** What lies here, by its ids, whichever way it was pulled. */
  async function here(): Promise<Map<string, unknown>> {
    const lying =
      scope === 'settings'
        ? (await replicated.all()).map(({ id, body }) => [id, body] as const)
        : (await drawers.all()).flatMap(({ cases }) =>
            Object.entries(cases).map(([id, { body }]) => [id, body] as const),
          );
    return new Map(lying.toSorted(([a], [b]) => a.localeCompare(b)));
  }
  const close = async () => {
    await stop();
    await database.close();
  };
  open.push({ stop: close });
  /** Writes something else here, as only a bug would. */
  async function spoil(id: string, body: unknown): Promise<void> {
    await replicated.update(id, (row) => row && { ...row, body });
    for (const drawer of await drawers.all())
      await drawers.update(drawer.id, (row) => {
        const found = row?.cases[id];
        return row && found && { ...row, cases: { ...row.cases, [id]: { ...found, body } } };
      });
  }
  return {
    centre,
    disk,
    key,
    refusal,
    spoil,
    line,
    asked,
    pull,
    drawers,
    collections,
    client,
    here,
    ids: async () => [...(await here()).keys()],
    async close() {
      open.pop();
      await close();
    },
  };
}

interface Refusal {
  /** Beginning of a collection's name. */
  of: string | undefined;
  /** So many writes to it still pass. */
  after: number;
}

function refusing(storage: RxStorage<unknown, unknown>, refusal: Refusal) {
  return {
    ...storage,
    async createStorageInstance(params) {
      const instance = await storage.createStorageInstance(params);
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = async (rows, context) => {
        if (refusal.of !== undefined && params.collectionName.startsWith(refusal.of)) {
          if (refusal.after === 0) throw new DOMException('full', 'QuotaExceededError');
          refusal.after -= 1;
        }
        return write(rows, context);
      };
      return instance;
    },
  } satisfies RxStorage<unknown, unknown>;
}

const complete = { kind: 'complete', epoch: 'epoch-1' };

type SimulatedCentre = ReturnType<typeof simulatedCentre>;

describe.each(['settings', 'status'] as const)('pull of the %s', (scope) => {
  const change = (centre: SimulatedCentre, id: string, body: object, deleted = false) =>
    centre.change(scope, id, deleted ? null : body, deleted);

  function fill(centre: SimulatedCentre, count: number): string[] {
    const ids = Array.from({ length: count }, (_, at) => `row-${String(at).padStart(4, '0')}`);
    for (const id of ids) change(centre, id, { about: id });
    return ids;
  }

  test('[P1] rows come down, and nothing but questions goes up', async () => {
    const { centre, pull, ids, asked } = await stage(scope);
    const all = fill(centre, 5);
    expect(await pull()).toEqual(complete);
    expect(await ids()).toEqual(all);
    change(centre, 'row-0002', { about: 'changed' });
    expect(await pull()).toEqual(complete);
    for (const question of asked) expect(question).toContain(`GET /api/v1/changes/${scope}?`);
  });

  test('[P1] a row changed here by mistake is no conflict: what the centre has counts', async () => {
    const { centre, pull, here, spoil, asked } = await stage(scope);
    fill(centre, 1);
    await pull();
    await spoil('row-0000', { about: 'local' });
    expect(await here()).toEqual(new Map([['row-0000', { about: 'local' }]]));
    change(centre, 'row-0000', { about: 'of the centre' });
    await pull();
    expect(await here()).toEqual(new Map([['row-0000', { about: 'of the centre' }]]));
    expect(asked.every((question) => question.startsWith('GET '))).toBe(true);
  });

  test('[P2] short pages and empty pages are not the end as long as the centre says there is more', async () => {
    const { centre, pull, ids } = await stage(scope);
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
    const { centre, pull, asked } = await stage(scope);
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
    const { centre, pull, ids, refusal, asked } = await stage(scope);
    const all = fill(centre, 10);
    centre.knobs.pageSize = 5;
    refusal.of = scope;
    expect(await pull()).toEqual({ kind: 'failed', why: 'store' });
    expect(await ids()).toEqual([]);
    refusal.of = undefined;
    expect(await pull()).toEqual(complete);
    expect(await ids()).toEqual(all);
    expect(asked.filter((question) => question === asked[0])).toHaveLength(2);
  });

  test('[P3] a page refused in the middle of a long pull is not overtaken by the next', async () => {
    const { centre, pull, ids, refusal, close, disk, key } = await stage(scope, { rowsAtOnce: 5 });
    const all = fill(centre, 20);
    centre.knobs.pageSize = 5;
    Object.assign(refusal, { of: scope, after: 1 });
    expect(await pull()).toEqual({ kind: 'failed', why: 'store' });
    expect(await ids()).toEqual(all.slice(0, 5));
    // As if the device were switched off right then.
    await close();
    const next = await stage(scope, { disk, key });
    fill(next.centre, 20);
    expect(await next.pull()).toEqual(complete);
    expect(await next.ids()).toEqual(all);
  });

  test('[P3] a checkpoint that could not be written is an older one, and pulling goes on', async () => {
    const first = await stage(scope);
    const all = fill(first.centre, 4);
    first.refusal.of = scope === 'settings' ? 'rx-replication-meta' : 'kept';
    expect(await first.pull()).toEqual(complete);
    expect(await first.ids()).toEqual(all);
    await first.close();
    const second = await stage(scope, { disk: first.disk, key: first.key });
    fill(second.centre, 4);
    change(second.centre, 'row-0009', {});
    expect(await second.pull()).toEqual(complete);
    expect(await second.ids()).toEqual([...all, 'row-0009']);
    expect(second.asked[0]).toBe(first.asked[0]);
  });

  test('[P3] after a restart it goes on from where it was', async () => {
    const first = await stage(scope);
    fill(first.centre, 3);
    await first.pull();
    await first.close();
    const second = await stage(scope, { disk: first.disk, key: first.key });
    fill(second.centre, 3);
    change(second.centre, 'row-0007', {});
    expect(await second.pull()).toEqual(complete);
    expect(second.asked).toEqual([`GET /api/v1/changes/${scope}?limit=500&epoch=epoch-1&seq=3`]);
    expect(await second.ids()).toContain('row-0007');
  });

  test('[P7] a row deleted at the centre disappears here, and may come back', async () => {
    const { centre, pull, ids } = await stage(scope);
    fill(centre, 3);
    await pull();
    change(centre, 'row-0001', {}, true);
    await pull();
    expect(await ids()).toEqual(['row-0000', 'row-0002']);
    change(centre, 'row-0001', { about: 'again' });
    await pull();
    expect(await ids()).toHaveLength(3);
  });

  test('[E2] a restored centre is pulled from the beginning, and what it lost disappears', async () => {
    const { centre, pull, ids, here } = await stage(scope);
    fill(centre, 3);
    const backup = centre.backup();
    change(centre, 'row-0000', { about: 'after the backup' });
    change(centre, 'row-0100', { about: 'after the backup' });
    await pull();
    expect(await ids()).toHaveLength(4);
    centre.restore(backup);
    expect(await pull()).toEqual({ kind: 'complete', epoch: 'epoch-2' });
    expect(await ids()).toEqual(['row-0000', 'row-0001', 'row-0002']);
    expect((await here()).get('row-0000')).toEqual({ about: 'row-0000' });
  });

  test('[E2] a resync cut short by a kill is finished at the next start', async () => {
    const first = await stage(scope);
    fill(first.centre, 6);
    change(first.centre, 'row-0100', { about: 'of the old life' });
    await first.pull();
    first.centre.restore({ ...first.centre.backup(), scopes: new Map() });
    for (const id of ['row-0000', 'row-0001', 'row-0002', 'row-0003']) change(first.centre, id, {});
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

    const second = await stage(scope, { disk: first.disk, key: first.key });
    second.centre.restore(first.centre.backup());
    expect(await second.pull()).toEqual({ kind: 'complete', epoch: 'epoch-2' });
    expect(await second.ids()).toEqual(['row-0000', 'row-0001', 'row-0002', 'row-0003']);
  });

  test('[S4] [S1] rows and checkpoints lie encrypted, numbers of receipts too', async () => {
    const { centre, pull, disk } = await stage(scope);
    const secret = base64url(systemRandom.bytes(12));
    change(centre, 'row-1', { about: secret });
    change(centre, 'row-2', receivedStatus('row-2', 'R-20260101'));
    await pull();
    const bytes = await dump(disk.indexedDB);
    for (const hidden of [secret, 'epoch-1', 'R-20260101']) expect(bytes).not.toContain(hidden);
  });
});

describe('drawers', () => {
  test('[P13] cases of one receipt lie together, and what is gone is taken out wherever it lies', async () => {
    const { centre, pull, drawers } = await stage('status');
    centre.change('status', 'one', receivedStatus('one', 'R-1'));
    centre.change('status', 'two', receivedStatus('two', 'R-1'));
    centre.change('status', 'three', receivedStatus('three', 'R-2'));
    await pull();
    expect(Object.keys((await drawers.get(drawerFor('R-1')))?.cases ?? {})).toEqual(['one', 'two']);
    // The centre no longer says whose it was.
    centre.change('status', 'two', null, true);
    await pull();
    expect(Object.keys((await drawers.get(drawerFor('R-1')))?.cases ?? {})).toEqual(['one']);
    expect(Object.keys((await drawers.get(drawerFor('R-2')))?.cases ?? {})).toEqual(['three']);
    expect(await drawers.all()).toHaveLength(2);
  });

  test('[P13] of one life the newer row counts, whichever of two tabs writes it', async () => {
    const row = (seq: number, about: string) => ({
      id: 'one',
      seq,
      deleted: false,
      body: { about },
    });
    const newer = withRows('d1', undefined, [row(7, 'newer')], 'epoch-1');
    expect(withRows('d1', newer, [row(5, 'older')], 'epoch-1')).toEqual(newer);
    const gone = { ...row(6, ''), deleted: true };
    expect(withRows('d1', newer, [gone], 'epoch-1')).toEqual(newer);
    expect(withRows('d1', newer, [row(2, 'of a new life')], 'epoch-2').cases.one).toMatchObject({
      epoch: 'epoch-2',
    });
  });

  test('[P13] [P3] a tab that thaws writes into a drawer that another has written since, and takes nothing out', async () => {
    const { centre, client, collections, drawers, pull } = await stage('status');
    centre.change('status', 'one', receivedStatus('one', 'R-1'));
    await pull();
    // The one that thaws got its page when the case had not moved yet, and holds it until the other has pulled.
    const page = await client.changes('status', undefined, 500, new AbortController().signal);
    const thawed = pullStatus({
      rows: rowsOf<Drawer>(collections.status),
      kept: keptIn(rowsOf<KeptRow>(collections.kept)),
      centre: { changes: async () => page },
    });
    centre.change('status', 'one', { ...receivedStatus('one', 'R-1'), state: 'accepted' });
    centre.change('status', 'two', receivedStatus('two', 'R-1'));
    await pull();
    expect(await thawed.pull()).toEqual(complete);
    const { one, two } = (await drawers.get(drawerFor('R-1')))?.cases ?? {};
    expect(one?.body).toMatchObject({ state: 'accepted' });
    expect(two?.body).toMatchObject({ caseNumber: 'two' });
  });
});
