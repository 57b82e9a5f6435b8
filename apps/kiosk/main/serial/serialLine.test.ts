import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SerialLine } from '@tongban/core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openPseudoTerminal } from '../../../../tests/support/pseudoTerminal.ts';
import { serialLineAt } from './serialLine.ts';

const place = mkdtempSync(join(tmpdir(), 'tongban-serial-'));
const opened: SerialLine[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((line) => line.close()));
});
afterAll(() => rmSync(place, { recursive: true }));

async function terminal(at?: string) {
  const made = await openPseudoTerminal(at);
  opened.push(made.line);
  return made;
}
async function lineAt(path: string): Promise<SerialLine> {
  const line = await serialLineAt(path, 115_200)();
  if (!line.ok) throw new Error(line.error);
  opened.push(line.value);
  return line.value;
}
/** The next `count` bytes that arrive. */
function bytesFrom(line: SerialLine, count: number): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const heard: number[] = [];
    const stop = line.watch((bytes) => {
      heard.push(...bytes);
      if (heard.length < count) return;
      stop();
      resolve(Uint8Array.from(heard));
    });
  });
}

const every = Uint8Array.from({ length: 2_560 }, (_, at) => at & 0xff);

describe('a serial line', () => {
  test('carries every byte as it is, both ways', async () => {
    const { path, line: device } = await terminal();
    const line = await lineAt(path);
    const arrived = bytesFrom(line, every.length);
    await device.write(every);
    expect(await arrived).toEqual(every);
    const left = bytesFrom(device, every.length);
    await line.write(every);
    expect(await left).toEqual(every);
  });

  test('that the program cannot open is no line, and the log says once by what name', async () => {
    const said: unknown[] = [];
    // Its library throws, as it does where its native part does not load.
    const open = serialLineAt('/dev/null', 'fast' as unknown as number, (...told) =>
      said.push(told),
    );
    expect([await open(), await open()]).toEqual([
      { ok: false, error: 'failed' },
      { ok: false, error: 'failed' },
    ]);
    expect(said).toEqual([['serial.failed', { reason: 'TypeError' }]]);
  });

  test('has one listener, and another when that one has gone', async () => {
    const { path } = await terminal();
    const line = await lineAt(path);
    const stop = line.watch(() => {});
    expect(() => line.watch(() => {})).toThrow('listener');
    stop();
    line.watch(() => {});
  });

  test('says that it was pulled out, loses what is written then, and opens again when it is back', async () => {
    const at = join(place, 'reader');
    const { line: device } = await terminal(at);
    const line = await lineAt(at);
    await device.close();
    await line.closed;
    await line.write(every);
    await line.close();
    expect(await serialLineAt(at, 115_200)()).toEqual({ ok: false, error: 'not-there' });
    const back = await terminal(at);
    const again = await lineAt(at);
    const arrived = bytesFrom(again, 3);
    await back.line.write(Uint8Array.of(1, 2, 3));
    expect(await arrived).toEqual(Uint8Array.of(1, 2, 3));
  });

  test('is closed once', async () => {
    const { path } = await terminal();
    const line = await lineAt(path);
    await Promise.all([line.close(), line.close()]);
    await line.closed;
    await lineAt(path);
  });

  test('is refused where there is none, where a file lies, and where another program has it', async () => {
    const nothing = join(place, 'nothing');
    expect(await serialLineAt(nothing, 115_200)()).toEqual({ ok: false, error: 'not-there' });
    const file = join(place, 'file');
    writeFileSync(file, 'text');
    expect(await serialLineAt(file, 115_200)()).toEqual({ ok: false, error: 'not-there' });
    const { path } = await terminal();
    await lineAt(path);
    expect(await serialLineAt(path, 115_200)()).toEqual({ ok: false, error: 'busy' });
  });
});
