import { describe, expect, test } from 'vitest';
import { createPool } from './pool.ts';

function stage(most: number) {
  const pool = createPool(most);
  const open = new Set<string>();
  const log: string[] = [];
  let widest = 0;
  const member = (name: string) =>
    pool(async () => {
      await Promise.resolve();
      if (open.has(name)) throw new Error(`${name} is open twice`);
      open.add(name);
      widest = Math.max(widest, open.size);
      log.push(`+${name}`);
      return {
        value: name,
        async close() {
          await Promise.resolve();
          open.delete(name);
          log.push(`-${name}`);
        },
      };
    });
  return { member, open, log, widest: () => widest };
}

const name = async (value: string) => value;

describe('pool of visits', () => {
  test('[S11] opens when used, and closes the least recently used to make room', async () => {
    const { member, log } = stage(2);
    const [a, b, c] = [member('a'), member('b'), member('c')];
    expect(log).toEqual([]);
    expect(await a.use(name)).toBe('a');
    await b.use(name);
    await a.use(name);
    await c.use(name);
    await b.use(name);
    expect(log).toEqual(['+a', '+b', '-b', '+c', '-a', '+b']);
  });

  test('[S11] never takes away what is in use: the next one waits', async () => {
    const { member, open } = stage(1);
    const [a, b] = [member('a'), member('b')];
    const hold = Promise.withResolvers<void>();
    const using = a.use(() => hold.promise);
    const waits = b.use(name);
    await a.use(name);
    expect(open).toEqual(new Set(['a']));
    hold.resolve();
    await using;
    expect(await waits).toBe('b');
    expect(open).toEqual(new Set(['b']));
    expect(await a.use(name)).toBe('a');
  });

  test('[S11] used from many sides at once each is open once, and few at a time', async () => {
    const { member, widest } = stage(3);
    const members = Array.from({ length: 12 }, (_, index) => member(`m${index}`));
    for (let round = 0; round < 20; round++) {
      const some = members.filter((_, index) => (index * 7 + round) % 3 === 0);
      const used = await Promise.all([...some, ...some].map((one) => one.use(name)));
      expect(used).toHaveLength(some.length * 2);
    }
    expect(widest()).toBe(3);
  });

  test('[S11] closing waits for those who use it, and is final', async () => {
    const { member, open } = stage(2);
    const a = member('a');
    const hold = Promise.withResolvers<void>();
    const using = a.use(() => hold.promise);
    const closed = a.close();
    await expect(a.use(name)).rejects.toThrow('Closed');
    expect(open.has('a')).toBe(true);
    hold.resolve();
    await Promise.all([using, closed]);
    expect(open.size).toBe(0);
  });

  test('[S11] one that does not open fails alone, and is tried again', async () => {
    const pool = createPool(1);
    let broken = true;
    const a = pool(async () => {
      if (broken) throw new Error('no disk');
      return { value: 'a', close: async () => {} };
    });
    await expect(a.use(name)).rejects.toThrow('no disk');
    broken = false;
    expect(await a.use(name)).toBe('a');
  });
});
