import { err, type IdReader, ok, type ReaderFailure } from '@tongban/core';
import type { CardReader } from '@tongban/core/reader';
import { describe, expect, test } from 'vitest';
import { readerVerbs } from './cardReader.ts';

const [one, two] = ['1', '2'].map((digit) => digit.repeat(36)) as [string, string];
const evidence = (device: string) =>
  ok({
    source: 'card-reader' as const,
    assurance: 'verified' as const,
    readAt: '2026-11-23T06:40:00.000Z',
    device,
    attributes: { name: '丁小禾' },
  });

/** A reader whose card is put down by `give`. */
function setUp(demonstration = false) {
  const said: string[] = [];
  let give: (read: Awaited<ReturnType<IdReader['read']>>) => void = () => {};
  let forgotten = 0;
  const reader: Pick<CardReader, 'read' | 'forget'> = {
    forget() {
      forgotten += 1;
    },
    read: (signal) =>
      new Promise((resolve) => {
        give = resolve;
        signal.addEventListener('abort', () => resolve(undefined));
      }),
  };
  const attached = readerVerbs(reader, demonstration, (_, detail) =>
    said.push(`${detail?.outcome}`),
  );
  return {
    ...attached,
    said,
    forgotten: () => forgotten,
    give: (read: Parameters<typeof give>[0]) => give(read),
  };
}

describe('the reader behind the bridge', () => {
  test('gives the page what was read, and says in the log only that it was', async () => {
    const { handlers, give, said } = setUp();
    const read = handlers['reader.read'](one);
    give(evidence('05.01-20130427-0000000001-0000000002'));
    expect(await read).toMatchObject({ value: { attributes: { name: '丁小禾' } } });
    expect(said).toEqual(['read']);
  });

  test('ends a reading by its name, and no other', async () => {
    const { handlers, give } = setUp();
    const read = handlers['reader.read'](one);
    await handlers['reader.stop'](two);
    give(evidence('x'));
    expect(await read).toMatchObject({ ok: true });
    const again = handlers['reader.read'](two);
    await handlers['reader.stop'](two);
    expect(await again).toBeUndefined();
  });

  test('a reading that nobody waits for any more takes no card', async () => {
    const { handlers, give, end } = setUp();
    const first = handlers['reader.read'](one);
    const second = handlers['reader.read'](two);
    expect(await first).toBeUndefined();
    end();
    expect(await second).toBeUndefined();
    const third = handlers['reader.read'](one);
    give(evidence('x'));
    expect(await third).toMatchObject({ ok: true });
  });

  test('of the card that was read last nothing is said to who comes next', () => {
    const { end, forgotten } = setUp();
    end();
    expect(forgotten()).toBe(1);
  });

  test('takes a simulator for a reader in a demonstration only', async () => {
    for (const demonstration of [true, false]) {
      const { handlers, give } = setUp(demonstration);
      const read = handlers['reader.read'](one);
      give(evidence('simulated'));
      expect((await read) as object).toMatchObject(
        demonstration ? { ok: true } : { ok: false, error: 'not-authentic' },
      );
    }
  });

  test('what is wrong is told once, however often the page asks', async () => {
    const { handlers, give, said } = setUp();
    for (const why of ['no-reader', 'no-reader', 'unlicensed'] satisfies ReaderFailure[]) {
      const read = handlers['reader.read'](one);
      give(err(why));
      await read;
    }
    expect(said).toEqual(['no-reader', 'unlicensed']);
  });

  test('a bug in it is told by its name, and the page is told that it was one', async () => {
    const said: unknown[] = [];
    const broken = { read: () => Promise.reject(new RangeError('丁小禾')), forget: () => {} };
    const { handlers } = readerVerbs(broken, false, (...told) => said.push(told));
    await expect(handlers['reader.read'](one)).rejects.toThrow(RangeError);
    expect(said).toEqual([['reader.failed', { reason: 'RangeError' }]]);
  });

  test('where none was set up there is none', async () => {
    const { handlers } = readerVerbs(undefined, false);
    expect(await handlers['reader.read'](one)).toEqual({ ok: false, error: 'no-reader' });
  });
});
