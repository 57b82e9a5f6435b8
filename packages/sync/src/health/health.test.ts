import { shippedCatalogue } from '@tongban/catalogue';
import { afterEach, describe, expect, test } from 'vitest';
import type { DeviceOptions } from '../device.ts';
import { seededRandom } from '../testing/hands.ts';
import { eventually, place } from '../testing/place.ts';
import { madeUpEnvelope } from '../testing/tab.ts';

const random = seededRandom(47);
const places: Awaited<ReturnType<typeof place>>[] = [];
afterEach(async () => {
  for (const one of places.splice(0)) await one.closeAll();
});

async function aPlace(given: Partial<DeviceOptions> = {}) {
  const made = await place(shippedCatalogue, {
    appVersion: '0.1.0',
    persist: async () => true,
    ...given,
  });
  places.push(made);
  return made;
}

type Place = Awaited<ReturnType<typeof aPlace>>;
const admitted = (device: Awaited<ReturnType<Place['open']>>['device']) =>
  eventually(
    () => device.admission(),
    (found) => found === 'admitted',
  );

describe('health', () => {
  test('[T3] a device knows how it stands, also without a line', async () => {
    const { open, cut, clock } = await aPlace();
    cut(true);
    const { device } = await open();
    const first = madeUpEnvelope(random, 1);
    await device.outbox.put(first.envelope, first.receiptNumber, first.files);
    const sealedAt = clock.now().toISOString();
    expect(await device.health()).toEqual({
      appVersion: '0.1.0',
      protocol: 1,
      catalogueVersion: shippedCatalogue.version,
      oldestUnsent: sealedAt,
      unsent: 1,
      setAside: 0,
      room: 600,
      persisted: 'granted',
    });
  });

  test('[T1] [T2] it reports with a probe, at most once a minute, and only one tab does', async () => {
    const { open, centre, centreClock } = await aPlace();
    const { device } = await open();
    const other = await open('two');
    await admitted(device);
    await eventually(
      () => device.health(),
      ({ lastPull }) => lastPull !== undefined,
    );
    const looks = async (seconds: number) => {
      centreClock.set(centreClock.now().getTime() + seconds * 1_000);
      await device.probe();
      await other.device.probe();
    };
    await looks(1);
    await eventually(
      () => centre.reports.length,
      (count) => count === 1,
    );
    await looks(30);
    await looks(20);
    expect(centre.reports).toHaveLength(1);
    await looks(10);
    await eventually(
      () => centre.reports.length,
      (count) => count === 2,
    );
    expect(Object.keys(centre.reports[1] ?? {}).sort()).toEqual([
      'appVersion',
      'catalogueVersion',
      'lastPull',
      'persisted',
      'protocol',
      'room',
      'setAside',
      'skew',
      'unsent',
    ]);
  });

  test('[T1] a phone reports to nobody', async () => {
    const { open, centre } = await aPlace({ app: 'phone' });
    const { device } = await open();
    await admitted(device);
    await device.probe();
    await device.probe();
    expect(centre.reports).toEqual([]);
    expect(await device.health()).toMatchObject({ unsent: 0 });
  });

  test('[T6] a report that finds no ear costs nothing: the work goes on, and the next is newer', async () => {
    const { open, centre, centreClock } = await aPlace();
    const { device } = await open();
    await admitted(device);
    centre.knobs.deaf = true;
    await device.probe();
    const one = madeUpEnvelope(random, 0);
    await device.outbox.put(one.envelope, one.receiptNumber, one.files);
    await eventually(
      () => device.outbox.list(),
      ([entry]) => entry?.state.at === 'received',
    );
    centre.knobs.deaf = false;
    centreClock.set(centreClock.now().getTime() + 61_000);
    await device.probe();
    await eventually(
      () => centre.reports.length,
      (count) => count === 1,
    );
  });
});
