import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readCodes } from './codes.ts';
import { type Format, formats } from './formats.ts';
import type { Frame } from './frame.ts';
import { openSecondReader, type SecondReader } from './secondReader.ts';
import { drawn, photographed } from './testing/drawnCodes.ts';
import { inverted, turned } from './view.ts';

const thorough = { effort: 'thorough' } as const;
const content: Readonly<Record<Format, string>> = {
  qr: 'TBH1:bG9jYXRvcg.a2V5',
  pdf417: 'LAN ZHOU 320199 CERTIFICATE 0042',
  'data-matrix': 'LZ-2026-0042',
  aztec: 'Lanzhou 2026 / 0042',
  'code-128': 'LZ07261123',
  'ean-13': '6901234567892',
};

const written = vi.spyOn(console, 'warn');
afterEach(() => {
  // The readers must be silent: they fail on every frame that holds no code.
  expect(written).not.toHaveBeenCalled();
});

for (const format of formats) {
  test(`reads ${format} as printed`, async () => {
    const found = await readCodes(await drawn(format, content[format]), thorough);
    expect(found.map((one) => [one.format, one.text])).toEqual([[format, content[format]]]);
  });

  test(`reads ${format} turned by a quarter`, async () => {
    const frame = turned(await drawn(format, content[format])).frame;
    expect((await readCodes(frame, thorough))[0]).toMatchObject({ format, text: content[format] });
  });

  test(`reads ${format} out of a photograph`, async () => {
    const page = await drawn(format, content[format]);
    const frame = photographed(page, { degrees: 7, blur: 1, noise: 40, seed: 7 });
    expect((await readCodes(frame, thorough))[0]).toMatchObject({ format, text: content[format] });
  });
}

test('reads light on dark', async () => {
  const frame = inverted(await drawn('qr', content.qr)).frame;
  expect((await readCodes(frame, thorough))[0]?.text).toBe(content.qr);
});

test('reads a blurred code', async () => {
  const frame = photographed(await drawn('qr', content.qr), { blur: 6, noise: 20 });
  expect((await readCodes(frame, thorough))[0]?.text).toBe(content.qr);
});

test('a running camera finds with a later turn what the cheap pass does not see', async () => {
  const frame = turned(await drawn('code-128', content['code-128'])).frame;
  const turns = [];
  for (const turn of [0, 1, 2, 3])
    turns.push((await readCodes(frame, { effort: 'glance', turn }))[0]?.text);
  expect(turns[0]).toBeUndefined();
  expect(turns).toContain(content['code-128']);
});

test('a glance sees a faint code, and finds nothing on a grainy wall', async () => {
  const code = await drawn('qr', content.qr);
  const faint = { ...code, data: code.data.map((value) => 150 + value / 5) };
  expect(
    await readCodes(placed(faint, 640, 480, 200, 100, blank(640, 480, 201)), { effort: 'glance' }),
  ).toEqual([expect.objectContaining({ text: content.qr })]);
  const wall = photographed(blank(640, 480, 230), { noise: 24 });
  for (let turn = 0; turn < 15; turn++)
    expect(await readCodes(wall, { effort: 'glance', turn })).toEqual([]);
});

test('reads a small code on a page of twelve megapixels, and says where it is', async () => {
  const code = await drawn('qr', content.qr, 5);
  const frame = placed(code, 4032, 3024, 3000, 400);
  const finding = (await readCodes(frame, thorough))[0];
  expect(finding?.text).toBe(content.qr);
  expect(finding?.points.length).toBeGreaterThanOrEqual(3);
  for (const { x, y } of finding?.points ?? []) {
    expect(x).toBeGreaterThan(3000);
    expect(x).toBeLessThan(3000 + code.width);
    expect(y).toBeGreaterThan(400);
    expect(y).toBeLessThan(400 + code.height);
  }
});

const anywhere = [
  ['aztec', 'Aztec codes have their eye in the middle, and it may lie anywhere. '.repeat(3)],
  ['data-matrix', 'A code may lie anywhere on the page, and in any direction. '.repeat(3)],
] as const;
describe('with the second engine behind the first', () => {
  let second: SecondReader;
  beforeAll(async () => {
    const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    second = await openSecondReader(new Uint8Array(await readFile(path)).buffer);
  });

  test.each(formats)(
    '%s is read by it alone, where it is, and in the same words',
    async (format) => {
      const code = await drawn(format, content[format], 3);
      const frame = placed(code, 900, 900, 300, 400);
      const [found] = await second.read(frame, formats, true);
      expect([found?.format, found?.text]).toEqual([format, content[format]]);
      for (const { x, y } of found?.points ?? []) {
        expect(x).toBeGreaterThanOrEqual(300);
        expect(x).toBeLessThanOrEqual(300 + code.width);
        expect(y).toBeGreaterThanOrEqual(400);
        expect(y).toBeLessThanOrEqual(400 + code.height);
      }
    },
  );

  test('a picture with two codes of one format gives both, each once', async () => {
    const one = placed(await drawn('ean-13', '6901234567892', 2), 900, 900, 60, 60);
    const both = placed(await drawn('ean-13', '6923450657713', 2), 900, 900, 400, 500, one);
    const texts = (await readCodes(both, { ...thorough, second })).map(({ text }) => text);
    expect(texts.toSorted()).toEqual(['6901234567892', '6923450657713']);
  });

  test('GBK without a declared character set is Chinese for both', async () => {
    const bytes = Uint8Array.of(0xcd, 0xa8, 0xb0, 0xec, 0x32, 0x30); // 通办20
    const [found] = await second.read(await drawn('qr', bytes), ['qr'], true);
    expect([found?.text, found?.bytes]).toEqual(['通办20', bytes]);
  });

  test('a running camera asks it at every other frame, and not where the cheap pass has read', async () => {
    const asked: number[] = [];
    let turn = 0;
    const counting: SecondReader = {
      read: async () => {
        asked.push(turn);
        return [];
      },
    };
    const noisy = photographed(blank(320, 240, 120), { noise: 255, seed: 3 });
    for (turn = 0; turn < 4; turn += 1)
      await readCodes(noisy, { effort: 'glance', turn, second: counting });
    expect(asked).toEqual([1, 3]);
    const code = await drawn('qr', content.qr);
    await readCodes(code, { effort: 'glance', turn: 1, second: counting });
    expect(asked).toEqual([1, 3]);
  });

  test('nothing is nothing for both', async () => {
    for (const frame of [blank(0, 0, 0), blank(1, 1, 0), blank(640, 480, 200)])
      expect(await readCodes(frame, { ...thorough, second })).toEqual([]);
  });
});

describe.each(anywhere)('a glance reads %s', (format, text) => {
  test.each([0, 31, 77, 160, 254])('at the edge of a page, turned by %d°', async (degrees) => {
    const page = placed(await drawn(format, text, 3), 900, 700, 520, 60);
    const frame = photographed(page, { degrees, blur: 1, noise: 30 });
    const found = await readCodes(frame, { effort: 'glance', formats: [format] });
    expect(found[0]?.text).toBe(text);
    for (const { x, y } of found[0]?.points ?? []) {
      expect(x > 0 && x < frame.width && y > 0 && y < frame.height).toBe(true);
    }
  });
});

test('reads a Data Matrix in GBK, whose bytes declare nothing', async () => {
  const bytes = Uint8Array.of(0xcd, 0xa8, 0xb0, 0xec);
  expect((await readCodes(await drawn('data-matrix', bytes), thorough))[0]).toMatchObject({
    text: '通办',
    bytes,
  });
});

test('reads two formats on one page', async () => {
  const page = placed(await drawn('qr', content.qr), 900, 900, 40, 40);
  const bars = await drawn('code-128', content['code-128'], 2);
  const both = placed(bars, 900, 900, 300, 600, page);
  const found = await readCodes(both, thorough);
  expect(found.map((one) => one.format)).toEqual(['qr', 'code-128']);
});

test('looks only for what was asked', async () => {
  const frame = await drawn('code-128', content['code-128']);
  expect(await readCodes(frame, { ...thorough, formats: ['qr'] })).toEqual([]);
});

test('GBK bytes without a declared character set are read as Chinese', async () => {
  const bytes = Uint8Array.of(0xcd, 0xa8, 0xb0, 0xec, 0x32, 0x30); // 通办20
  const finding = (await readCodes(await drawn('qr', bytes), thorough))[0];
  expect(finding?.text).toBe('通办20');
  expect(finding?.bytes).toEqual(bytes);
});

test('characters beyond the Basic Multilingual Plane survive', async () => {
  const finding = (
    await readCodes(await drawn('qr', new TextEncoder().encode('丁𠮷禾')), thorough)
  )[0];
  expect(finding?.text).toBe('丁𠮷禾');
});

test('finds nothing in nothing, and in noise', async () => {
  expect(await readCodes(blank(640, 480, 200), thorough)).toEqual([]);
  expect(await readCodes(blank(1, 1, 0), thorough)).toEqual([]);
  expect(await readCodes(blank(0, 0, 0), thorough)).toEqual([]);
  const noise = photographed(blank(320, 240, 120), { noise: 255, seed: 3 });
  expect(await readCodes(noise, thorough)).toEqual([]);
});

function blank(width: number, height: number, grey: number): Frame {
  return { data: new Uint8ClampedArray(width * height).fill(grey), width, height };
}

function placed(
  code: Frame,
  width: number,
  height: number,
  left: number,
  top: number,
  on: Frame = blank(width, height, 235),
): Frame {
  const data = Uint8ClampedArray.from(on.data);
  for (let y = 0; y < code.height; y++) {
    data.set(code.data.subarray(y * code.width, (y + 1) * code.width), (top + y) * width + left);
  }
  return { data, width, height };
}
