import { shippedCatalogue } from '@tongban/catalogue';
import { afterEach, describe, expect, test } from 'vitest';
import { databaseNames, deleteDatabases } from '../storage/wipe.ts';
import { type OtherTab, openOtherTab } from '../testing/otherTab.ts';

const tabs: OtherTab[] = [];

afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.kill();
  await deleteDatabases(indexedDB, await databaseNames(indexedDB));
});

async function aTab(app: 'kiosk' | 'phone' = 'phone'): Promise<OtherTab> {
  const tab = await openOtherTab();
  tabs.push(tab);
  await tab.realm.open(app, shippedCatalogue);
  return tab;
}

async function eventually(look: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`It never came about: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

const id = (digit: string) => `00000000-0000-4000-9000-00000000000${digit}`;

describe('tabs of one browser', () => {
  test('[C1] a tab killed right after "saved" and right after "put" loses nothing', async () => {
    const tab = await aTab();
    const visit = await tab.realm.openVisit();
    expect(await tab.realm.save('林知夏')).toBe('saved');
    expect(await tab.realm.put(id('1'))).toBe(true);
    tab.kill();
    const next = await aTab();
    await next.realm.openVisit(visit);
    expect(await next.realm.saved()).toBe('林知夏');
    expect(await next.realm.outbox()).toEqual([id('1')]);
  });

  test('[C1] [S10] killed in the middle of many saves, the last acknowledged one or a later one is there', async () => {
    const tab = await aTab();
    const visit = await tab.realm.openVisit();
    let acknowledged = -1;
    for (let round = 0; round < 60; round++) {
      void tab.realm.save(`version ${round}`).then(() => {
        acknowledged = Math.max(acknowledged, round);
      });
    }
    await eventually(() => acknowledged >= 7, 'some saves');
    tab.kill();
    const atKill = acknowledged;
    const next = await aTab();
    await next.realm.openVisit(visit);
    const found = Number((await next.realm.saved())?.split(' ')[1]);
    expect(found).toBeGreaterThanOrEqual(atKill);
  });

  test('[O8] [O15] one tab works; what the other puts is seen in both; a dead worker is replaced', async () => {
    const first = await aTab();
    await eventually(() => first.realm.asked.includes('/api/v1/terminals'), 'the first tab works');
    const second = await aTab();
    expect(await second.realm.put(id('2'))).toBe(true);
    await eventually(
      async () => (await first.realm.outbox()).includes(id('2')),
      'seen in the first tab',
    );
    await eventually(() => second.realm.asked.includes('/api/v1/probe'), 'the second tab probes');
    expect(second.realm.asked).not.toContain('/api/v1/terminals');
    first.kill();
    await eventually(
      () => second.realm.asked.includes('/api/v1/terminals'),
      'the second tab works',
    );
  });

  test('[K6] a visit belongs to the tab that opened it last', async () => {
    const first = await aTab();
    const visit = await first.realm.openVisit();
    expect(await first.realm.save('in the first')).toBe('saved');
    const second = await aTab();
    await second.realm.openVisit(visit);
    expect(await second.realm.saved()).toBe('in the first');
    expect(await second.realm.save('in the second')).toBe('saved');
    await eventually(
      async () => (await first.realm.save('late')) === 'storage-refused',
      'refused in the first',
    );
    expect(await second.realm.saved()).toBe('in the second');
  });

  test('[K2] ending deletes every database of the visit although another tab had them open', async () => {
    const first = await aTab();
    const visit = await first.realm.openVisit();
    await first.realm.save('林知夏');
    const second = await aTab();
    await second.realm.openVisit(visit);
    expect((await databaseNames(indexedDB)).filter((name) => name.includes(visit))).toHaveLength(3);
    await second.realm.endVisit();
    expect((await databaseNames(indexedDB)).filter((name) => name.includes(visit))).toEqual([]);
    await expect(first.realm.openVisit(visit)).rejects.toThrow('ended');
  });

  test('[K3] a kill between the steps of an end: the next start finishes it', async () => {
    const tab = await aTab();
    const visit = await tab.realm.openVisit();
    await tab.realm.save('林知夏');
    void tab.realm.endVisit();
    tab.kill();
    await aTab();
    // Either the key was destroyed and the databases are swept, or it was not and the visit is still whole.
    const names = (await databaseNames(indexedDB)).filter((name) => name.includes(visit));
    expect([0, 3]).toContain(names.length);
  });

  test('[P9] nothing in the page makes mouse movements', async () => {
    const original = globalThis.setInterval;
    const intervals: unknown[] = [];
    const spied = (handler: TimerHandler, ms?: number) => {
      intervals.push(ms);
      return original(handler, ms);
    };
    globalThis.setInterval = spied as typeof globalThis.setInterval;
    const { makeRealm } = await import('../testing/realm.ts');
    const realm = makeRealm();
    try {
      await realm.open('kiosk', shippedCatalogue);
      await eventually(() => realm.asked.includes('/api/v1/terminals'), 'it works');
      expect(intervals).not.toContain(20_000);
    } finally {
      globalThis.setInterval = original;
      await realm.close();
    }
  });
});
