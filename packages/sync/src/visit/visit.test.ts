import { base64url, type FileAddress, sha256, systemRandom } from '@tongban/core';
import { draftStoreContract, sampleDraft } from '@tongban/core/contracts';
import { memoryVault } from '@tongban/core/testing';
import { describe, expect, test } from 'vitest';
import { formats } from '../storage/formats.ts';
import { browserLocks } from '../testing/browser.ts';
import { dump, emptyDisk, request } from '../testing/disk.ts';
import { laterFormats, nextFormats } from '../testing/laterFormats.ts';
import { openVisits } from './space.ts';

async function stage(
  disk = emptyDisk(),
  vault = memoryVault(),
  locks = browserLocks(),
  app: 'phone' | 'counter' = 'phone',
  format = formats.drafts,
) {
  const keys = await vault;
  const visits = await openVisits({
    app,
    vault: keys,
    random: systemRandom,
    databases: disk,
    locks: locks.ofTab('one'),
    format,
  });
  return { disk, vault: keys, locks, visits };
}

draftStoreContract('visit [C1] [S1] [S6] [S10] [F1] [F2]', async () => {
  const { visits, disk, vault, locks } = await stage();
  const { id, drafts, taken } = await visits.open();
  let current = visits;
  const away = Promise.withResolvers<void>();
  return {
    store: drafts,
    async reopen() {
      await current.close();
      current = (await stage(disk, Promise.resolve(vault))).visits;
      return (await current.open(id)).drafts;
    },
    async refuse() {
      const name = `tongban-phone-visit-${id}`;
      void locks.ofTab('two').request(name, { steal: true }, () => away.promise);
      await taken;
    },
    async close() {
      away.resolve();
      await current.close();
    },
  };
});

describe('visit', () => {
  test('[S1] draft and file names lie encrypted, files as they were given', async () => {
    const { visits, disk } = await stage();
    const { drafts } = await visits.open();
    await drafts.save({
      ...sampleDraft('1'),
      answers: { 'mother.name': { value: '林知夏-planted', source: 'typed' } },
    });
    expect(await dump(disk.indexedDB)).not.toContain('planted');
    await visits.close();
  });

  test('[S10] saves called at once take effect in their order', async () => {
    const { visits } = await stage();
    const { drafts } = await visits.open();
    const draft = sampleDraft('1');
    const versions = Array.from({ length: 12 }, (_, index) => ({
      ...draft,
      // The first are the heaviest, so that they would come last if they ran side by side.
      answers: {
        note: { value: 'x'.repeat((12 - index) * 20_000) + index, source: 'typed' as const },
      },
    }));
    await Promise.all(versions.map((version) => drafts.save(version)));
    expect((await drafts.load(draft.id))?.answers.note?.value.endsWith('x11')).toBe(true);
    await visits.close();
  });

  test('[K6] looking at a visit does not take it from the tab that has it', async () => {
    const { visits, disk, vault, locks } = await stage();
    const { id, drafts } = await visits.open();
    await drafts.save(sampleDraft('1'));
    await visits.close();
    // Another tab has it open: all that this one can tell of that is the lock.
    const letGo = Promise.withResolvers<void>();
    let lost = false;
    const having = locks
      .ofTab('two')
      .request(`tongban-phone-visit-${id}`, { steal: true }, () => letGo.promise)
      .catch(() => {
        lost = true;
      });
    const here = (await stage(disk, Promise.resolve(vault), locks)).visits;
    const [seen, again] = await Promise.all([here.peek(id), here.peek(id)]);
    expect(seen.drafts.map((draft) => draft.id)).toEqual([sampleDraft('1').id]);
    expect(again).toEqual(seen);
    expect(lost).toBe(false);
    await here.open(id);
    await having;
    expect(lost).toBe(true);
    letGo.resolve();
    await here.close();
  });

  test('[K6] a visit that has ended shows no drafts', async () => {
    const { visits } = await stage();
    const space = await visits.open();
    await space.drafts.save(sampleDraft('1'));
    await space.end();
    expect(await visits.peek(space.id)).toEqual({ drafts: [], newer: 0 });
    await visits.close();
  });

  test('[V7] [V8] a draft goes on in a newer app and back in the one before; one older still keeps it unread', async () => {
    const { disk, vault, locks, visits } = await stage();
    const release = async (format: typeof formats.drafts) =>
      (await stage(disk, Promise.resolve(vault), locks, 'phone', format)).visits;
    const { id, drafts } = await visits.open();
    const draft = sampleDraft('1');
    const saying = (value: string) => ({
      ...draft,
      answers: { note: { value, source: 'typed' as const } },
    });
    await drafts.save(saying('this'));
    await visits.close();

    const later = await release(laterFormats.drafts);
    const there = await later.open(id);
    expect(await there.drafts.list()).toEqual([saying('this')]);
    await there.drafts.save(saying('later'));
    expect(await later.peek(id)).toEqual({ drafts: [saying('later')], newer: 0 });
    await later.close();

    const old = await release(formats.drafts);
    expect(await old.peek(id)).toEqual({ drafts: [], newer: 1 });
    expect(await (await old.open(id)).drafts.list()).toEqual([]);
    expect(await old.peek(id)).toEqual({ drafts: [], newer: 1 });
    await old.close();

    const before = await release(nextFormats.drafts);
    const back = await before.open(id);
    expect(await back.drafts.list()).toEqual([saying('later')]);
    await back.drafts.save(saying('back'));
    await before.close();
    const again = await release(formats.drafts);
    expect(await again.peek(id)).toEqual({ drafts: [saying('back')], newer: 0 });
    await again.close();
  });

  test('[F3] a decayed file of a draft counts as not there', async () => {
    const { visits, disk } = await stage();
    const { id, drafts } = await visits.open();
    const bytes = Uint8Array.of(1, 2, 3, 4);
    const address = base64url(await sha256(bytes)) as FileAddress;
    await drafts.putFile(address, bytes);
    const raw = await request<IDBDatabase>(disk.indexedDB.open(`tongban-phone-visit-${id}-files`));
    await request(
      raw.transaction('files', 'readwrite').objectStore('files').put(new ArrayBuffer(4), address),
    );
    raw.close();
    expect(await drafts.getFile(address)).toBeUndefined();
    await visits.close();
  });

  test('[F1] other bytes under an address are a bug', async () => {
    const { visits } = await stage();
    const { drafts } = await visits.open();
    const put = drafts.putFile('A'.repeat(43) as FileAddress, Uint8Array.of(1));
    await expect(put).rejects.toThrow('These bytes are not');
    await visits.close();
  });

  test('[K2] ending destroys the key first and leaves no database of the visit', async () => {
    const { visits, disk, vault } = await stage();
    const kept = await visits.open();
    const space = await visits.open();
    await kept.drafts.save(sampleDraft('2'));
    await space.drafts.save(sampleDraft('1'));
    const order: string[] = [];
    const destroy = vault.destroyVisitKey.bind(vault);
    vault.destroyVisitKey = async (visit) => {
      await destroy(visit);
      order.push('key');
    };
    const deleteDatabase = disk.indexedDB.deleteDatabase.bind(disk.indexedDB);
    disk.indexedDB.deleteDatabase = (name) => {
      order.push('database');
      return deleteDatabase(name);
    };
    await space.end();
    expect(order).toEqual(['key', 'database', 'database', 'database']);
    const left = (await disk.indexedDB.databases()).map(({ name }) => name ?? '');
    expect(left.filter((name) => name.includes(space.id))).toEqual([]);
    expect(left.filter((name) => name.includes(kept.id))).toHaveLength(3);
    expect(await vault.openVisitKey(space.id)).toBeUndefined();
    expect(await kept.drafts.load(sampleDraft('2').id)).toBeDefined();
    await expect(visits.open(space.id)).rejects.toThrow('ended');
    await visits.close();
  });

  test('[K2] [S6] a save after the end is refused, not thrown', async () => {
    const { visits } = await stage();
    const { drafts, end } = await visits.open();
    const late = [drafts.save(sampleDraft('1')), end(), drafts.save(sampleDraft('1'))] as const;
    await late[1];
    expect(await late[2]).toEqual({ ok: false, error: 'storage-refused' });
    expect(await drafts.putFile('' as FileAddress, Uint8Array.of())).toEqual({
      ok: false,
      error: 'storage-refused',
    });
    await visits.close();
  });

  test.each(['phone', 'counter'] as const)(
    '[K6] [K3] at a %s a visit is open in one tab: the last to open it has it',
    async (app) => {
      const locks = browserLocks();
      const disk = emptyDisk();
      const one = await stage(disk, memoryVault(), locks, app);
      const space = await one.visits.open();
      await space.drafts.save(sampleDraft('1'));
      expect(await one.visits.left()).toEqual([space.id]);

      // Another tab is another process; here it only takes the lock, as opening there does.
      const release = Promise.withResolvers<void>();
      const name = `tongban-${app}-visit-${space.id}`;
      const taken = locks.ofTab('two').request(name, { steal: true }, () => release.promise);
      await space.taken;
      expect(await one.visits.left()).toEqual(app === 'phone' ? [space.id] : []);
      const refused = { ok: false, error: 'storage-refused' };
      expect(await space.drafts.save(sampleDraft('1'))).toEqual(refused);
      release.resolve();
      await taken;
      const again = await one.visits.open(space.id);
      expect(await again.drafts.load(sampleDraft('1').id)).toEqual(sampleDraft('1'));
      await one.visits.close();
    },
  );

  test('[S11] fifteen visits at once, each with its own draft', async () => {
    const { visits } = await stage();
    const spaces = await Promise.all(Array.from({ length: 15 }, () => visits.open()));
    const saved = await Promise.all(
      spaces.map(({ id, drafts }) => drafts.save({ ...sampleDraft('1'), catalogueVersion: id })),
    );
    expect(saved.every(({ ok }) => ok)).toBe(true);
    for (const { id, drafts } of spaces) {
      expect((await drafts.list()).map(({ catalogueVersion }) => catalogueVersion)).toEqual([id]);
    }
    await spaces[3]?.end();
    expect(await visits.left()).toHaveLength(14);
    await visits.close();
  });

  test('[K3] a visit that a crash left is listed; one whose end was cut short is swept at the next start', async () => {
    const { visits, disk, vault } = await stage();
    const [left, halfEnded] = [await visits.open(), await visits.open()];
    await left.drafts.save(sampleDraft('1'));
    await halfEnded.drafts.save(sampleDraft('2'));
    await visits.close();
    await vault.destroyVisitKey(halfEnded.id);

    const next = await stage(disk, Promise.resolve(vault));
    expect(await next.visits.left()).toEqual([left.id]);
    const names = (await disk.indexedDB.databases()).map(({ name }) => name ?? '');
    expect(names.filter((name) => name.includes(halfEnded.id))).toEqual([]);
    const again = await next.visits.open(left.id);
    expect(await again.drafts.load(sampleDraft('1').id)).toEqual(sampleDraft('1'));
    await next.visits.close();
  });
});
