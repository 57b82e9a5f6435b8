import { err, ok } from '@tongban/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { lookAgain, watchCode } from './watchCode.ts';

const start = Date.parse('2026-11-23T06:40:00Z');
const expiresAt = '2026-11-23T06:55:00Z';
const clock = { now: () => new Date() };

beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

type State = Parameters<typeof watchCode>[0]['state'];

function watch(state: State) {
  const over: string[] = [];
  const stop = watchCode({ code: 'TBH1:x', expiresAt, state, clock }, (how) => over.push(how));
  return { over, stop };
}

const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000);

describe('a code that waits to be taken', () => {
  test('dies by the clock where there is no line', async () => {
    const { over } = watch(async () => err('no-line'));
    await minutes(14.9);
    expect(over).toEqual([]);
    await minutes(0.2);
    expect(over).toEqual(['expired']);
  });

  test('dies by the clock while the centre does not answer at all', async () => {
    const { over } = watch(() => new Promise(() => undefined));
    await minutes(15);
    expect(over).toEqual(['expired']);
  });

  test.each(['taken', 'expired'] as const)(
    'is over once when the centre says “%s”',
    async (how) => {
      const { over } = watch(async () => ok({ state: how, expiresAt }));
      await minutes(20);
      expect(over).toEqual([how]);
    },
  );

  test('is looked at no more once the screen is gone', async () => {
    let asked = 0;
    const { over, stop } = watch(async () => {
      asked += 1;
      return err('no-line');
    });
    await vi.advanceTimersByTimeAsync(lookAgain * 2);
    stop();
    await minutes(20);
    expect(asked).toBe(3);
    expect(over).toEqual([]);
  });
});
