import { expect, test } from 'vitest';
import { createCounters } from './counters.ts';

/** A table of counters whose answers come when the test says so. */
function table(rows: Record<string, number>) {
  const asked: string[][] = [];
  let answer = async () => {};
  const counters = createCounters({
    query: async (_, values) => {
      const scopes = values?.[0] as string[];
      asked.push(scopes);
      const found = scopes.flatMap((scope) =>
        rows[scope] === undefined ? [] : [{ scope, seq: rows[scope] }],
      );
      await answer();
      return { rows: found } as never;
    },
  });
  return { counters, asked, rows, holdAnswers: (until: Promise<void>) => (answer = () => until) };
}

test('[M5] numbers are asked for once, in one query, and kept up by what is told', async () => {
  const { counters, asked } = table({ a: 3 });
  const heard: [string, number][] = [];
  counters.follow(['a', 'b'], (...news) => heard.push(news));
  await counters.load(['a', 'b']);
  counters.told('a', 4);
  counters.told('elsewhere', 9);
  await counters.load(['a', 'b']);
  expect([counters.at('a'), counters.at('b'), asked, heard]).toEqual([
    4,
    0,
    [['a', 'b']],
    [['a', 4]],
  ]);
});

test('[M5] what is told while the numbers are asked for is not forgotten', async () => {
  const { counters, holdAnswers } = table({ a: 3 });
  const held = Promise.withResolvers<void>();
  holdAnswers(held.promise);
  counters.follow(['a'], () => undefined);
  const loading = counters.load(['a']);
  counters.told('a', 4);
  held.resolve();
  await loading;
  expect(counters.at('a')).toBe(4);
});

test('[M5] a scope that nobody follows any more is asked for again, and a database that counts lower is believed', async () => {
  const { counters, asked, rows } = table({ a: 3 });
  const unfollow = counters.follow(['a'], () => undefined);
  await counters.load(['a']);
  unfollow();
  counters.told('a', 8);
  counters.follow(['a'], () => undefined);
  await counters.load(['a']);
  expect([counters.at('a'), asked]).toEqual([3, [['a'], ['a']]]);
  rows.a = 1;
  await counters.reload();
  expect(counters.at('a')).toBe(1);
});
