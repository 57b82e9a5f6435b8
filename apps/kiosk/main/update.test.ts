import { expect, test } from 'vitest';
import { createUpdate } from './update.ts';

const minute = 60_000;

function stage() {
  const said: string[] = [];
  const world = {
    now: 1_000_000,
    disk: { stamp: 'first', since: 0 } as { stamp: string; since: number } | undefined,
    visit: false,
  };
  const update = createUpdate({
    onDisk: () => world.disk,
    now: () => world.now,
    inVisit: async () => world.visit,
    quietAfter: 2 * minute,
    onReady: () => said.push('ready'),
  });
  return {
    said,
    world,
    update,
    install(stamp: string) {
      world.disk = { stamp, since: world.now };
    },
    async pass(ms: number) {
      world.now += ms;
      if (await update.isDueNow()) said.push('start');
    },
  };
}

test('[V9] a version that has just been written is not started: it may be half of one', async () => {
  const { said, install, pass, world } = stage();
  await pass(10 * minute);
  install('second');
  await pass(29_000);
  expect(said).toEqual([]);
  world.disk = undefined;
  await pass(minute);
  expect(said).toEqual([]);
  install('second');
  await pass(30_000);
  expect(said).toEqual(['ready', 'start']);
});

test('[V9] in a visit, and while somebody touches the machine, it waits', async () => {
  const { said, install, pass, update, world } = stage();
  install('second');
  world.visit = true;
  await pass(10 * minute);
  expect(said).toEqual(['ready']);
  world.visit = false;
  update.touched();
  await pass(minute);
  update.touched();
  await pass(minute);
  expect(said).toEqual(['ready']);
  await pass(minute);
  expect(said).toEqual(['ready', 'start']);
});

test('[V9] the end of a visit is the moment', async () => {
  const { said, install, pass, update } = stage();
  expect(update.isDue()).toBe(false);
  install('second');
  update.touched();
  expect(update.isDue()).toBe(false);
  await pass(minute);
  expect(said).toEqual(['ready']);
  expect(update.isDue()).toBe(true);
});

test('[V9] one that was taken back before its moment came is forgotten', async () => {
  const { said, install, pass, update } = stage();
  install('second');
  update.touched();
  await pass(minute);
  install('first');
  await pass(10 * minute);
  expect(said).toEqual(['ready']);
  expect(update.isDue()).toBe(false);
});
