import { describe, expect, test } from 'vitest';
import { type Bench, judge, percentile } from './bench.ts';
import { table } from './table.ts';

const bench: Bench = {
  name: 'save',
  about: 'a made-up bench',
  measures: {
    p99: { unit: 'ms', bound: { atMost: 50 }, aim: { atMost: 10 } },
    rate: { unit: 'docs/s', bound: { atLeast: 100 } },
    size: { unit: 'KB' },
  },
  run: () => Promise.resolve({}),
};

describe('a bench', () => {
  test('misses a bound on the wrong side of it, and keeps it when it is met exactly', () => {
    const verdicts = (values: Record<string, number>) =>
      judge(bench, values).map(({ verdict, aimReached }) => [verdict, aimReached]);
    expect(verdicts({ p99: 50, rate: 100, size: 1 })).toEqual([
      ['within bound', false],
      ['within bound', undefined],
      ['no bound', undefined],
    ]);
    expect(verdicts({ p99: 50.1, rate: 99, size: 1 }).map(([verdict]) => verdict)).toEqual([
      'bound missed',
      'bound missed',
      'no bound',
    ]);
  });

  test('must give a number for all that it names', () => {
    expect(() => judge(bench, { p99: 1, rate: 100 })).toThrow(/no value for size/);
    expect(() => judge(bench, { p99: Number.NaN, rate: 100, size: 1 })).toThrow(/p99/);
  });

  test('shows in its table what was missed and what was only aimed at', () => {
    const measures = judge(bench, { p99: 20, rate: 3, size: 1234 });
    const lines = table([{ name: 'save', measures }]).split('\n');
    expect(lines[1]).toMatch(/p99 +20\.0 ms +≤ 50 +≤ 10 +aim not reached$/);
    expect(lines[2]).toMatch(/rate +3\.00 docs\/s +≥ 100 +BOUND MISSED$/);
    expect(lines[3]).toMatch(/size +1234 KB$/);
  });
});

test('a percentile is a value that was measured, by nearest rank', () => {
  const samples = [5, 1, 4, 2, 3];
  expect(percentile(samples, 0.5)).toBe(3);
  expect(percentile(samples, 0.99)).toBe(5);
  expect(percentile([7], 0)).toBe(7);
  expect(() => percentile([], 0.5)).toThrow();
});
