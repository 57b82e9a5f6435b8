import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, systemTimer } from '@tongban/core';
import { openCardReader } from '@tongban/core/reader';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serialLineAt } from '../../apps/kiosk/main/serial/serialLine.ts';
import { simulateReader } from './simulateReader.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongban-simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Lines that a person types one after another, each when `type` is called. */
function typed() {
  const stream = new TransformStream<string, string>();
  const writer = stream.writable.getWriter();
  return {
    lines: stream.readable as unknown as AsyncIterable<string>,
    type: (line: string) => writer.write(line),
    end: () => writer.close(),
  };
}

test('a terminal reads a card that is put down by a line, and finds the reader gone by another', async () => {
  const path = join(folder, 'reader');
  const { lines, type, end } = typed();
  const ready = Promise.withResolvers<void>();
  const remarks: string[] = [];
  const command = simulateReader(path, lines, {
    result: () => ready.resolve(),
    remark: (line) => void remarks.push(line),
  });
  await ready.promise;
  const reader = openCardReader({
    open: serialLineAt(path, 115_200),
    clock: systemClock,
    timer: systemTimer,
  });
  const read = () => reader.read(new AbortController().signal);

  await type('noise');
  await type('insert yuanzhou');
  expect(await read()).toMatchObject({
    value: { device: 'simulated', attributes: { name: '林远舟' } },
  });
  await type('insert contradiction');
  expect(await read()).toEqual({ ok: false, error: 'contradiction' });
  await type('unlicensed');
  await type('insert nobody');
  await type('dance');
  expect(await read()).toEqual({ ok: false, error: 'unlicensed' });
  await type('unplug');
  await expect.poll(() => existsSync(path)).toBe(false);
  await end();
  await command;
  await reader.close();
  expect(remarks).toHaveLength(3);
  expect(remarks[1]).toContain('insert nobody');
  expect(remarks[2]).toContain('dance');
});

test('what lies at the path already is left there', async () => {
  const path = join(folder, 'file');
  writeFileSync(path, 'text');
  const { lines } = typed();
  const out = { result: () => undefined, remark: () => undefined };
  await expect(simulateReader(path, lines, out)).rejects.toThrow(path);
  expect(existsSync(path)).toBe(true);
});
