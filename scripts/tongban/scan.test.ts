import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawnFront, inkFont, photographedCard, printedCard } from '@tongban/core/testing/cards';
import { drawnZone, madeZone, seeded } from '@tongban/core/testing/zones';
import { Ajv } from 'ajv';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import qrcode from 'qrcode-generator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dispatch } from './dispatch.ts';
import { scanCommand } from './scan.ts';

const notoSans = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tongban-scan-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A QR code of `text`, eight pixels a module with its quiet zone, as RGBA. */
function code(text: string): { data: Buffer; width: number; height: number } {
  const qr = qrcode(0, 'M');
  qr.addData(text);
  qr.make();
  const [scale, quiet] = [8, 4];
  const side = (qr.getModuleCount() + 2 * quiet) * scale;
  const data = Buffer.alloc(side * side * 4, 255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [row, column] = [Math.floor(y / scale) - quiet, Math.floor(x / scale) - quiet];
      const inside = Math.min(row, column) >= 0 && Math.max(row, column) < qr.getModuleCount();
      if (inside && qr.isDark(row, column))
        data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return { data, width: side, height: side };
}

function coloured(grey: Uint8Array | Uint8ClampedArray): Buffer {
  const pixels = Buffer.alloc(grey.length * 4, 255);
  for (const [at, level] of grey.entries()) pixels.fill(level, at * 4, at * 4 + 3);
  return pixels;
}

function png({ data, width, height }: ReturnType<typeof code>): Buffer {
  const picture = new PNG({ width, height });
  picture.data = data;
  return PNG.sync.write(picture);
}

async function scanFiles(files: Readonly<Record<string, Buffer>>, ...options: readonly string[]) {
  const paths = Object.keys(files).map((name) => join(folder, name));
  for (const [at, file] of Object.values(files).entries()) writeFileSync(paths[at] ?? '', file);
  const results: string[] = [];
  const remarks: string[] = [];
  const exit = await dispatch(['scan', ...paths, ...options], [scanCommand], {
    result: (line) => void results.push(line),
    remark: (line) => void remarks.push(line),
  });
  return { exit, results, remarks };
}

describe('tongban scan', () => {
  test('reads a code from a PNG and from a JPEG', async () => {
    const picture = code('TB-320199-1');
    const { exit, results } = await scanFiles({
      'a.png': png(picture),
      'b.jpg': jpeg.encode(picture, 80).data,
    });
    expect(exit).toBe(0);
    expect(results).toEqual([
      `${join(folder, 'a.png')}: qr TB-320199-1`,
      `${join(folder, 'b.jpg')}: qr TB-320199-1`,
    ]);
  });

  test('gives codes, zones and cards as evidence, by its schema', async () => {
    const zone = madeZone('td3', seeded(72));
    const { data, width, height } = drawnZone(zone, { width: 900 }, 72);
    const passport = coloured(data);
    const person = printedCard(3);
    const font = inkFont(await readFile(notoSans));
    const table = { width: 1012, height: 700, degrees: 3, noise: 12 };
    const card = photographedCard(drawnFront(person, font, 3), table, 3);
    const { exit, results } = await scanFiles(
      {
        'a.png': png(code('hello')),
        'b.png': png({ data: passport, width, height }),
        'c.png': png({ ...card, data: coloured(card.data) }),
        'd.pdf': Buffer.from('%PDF-1.7'),
      },
      '--json',
    );
    expect(exit).toBe(1);
    const pictures = JSON.parse(results.join('\n'));
    const schema = await readFile(new URL('../../docs/schemas/scan.schema.json', import.meta.url));
    const validate = new Ajv({ strict: true }).compile(JSON.parse(schema.toString()));
    expect(validate(pictures), JSON.stringify(validate.errors)).toBe(true);
    expect(validate([{ file: 'a.png', evidence: [{ source: 'code' }] }])).toBe(false);
    expect(pictures).toMatchObject([
      {
        file: join(folder, 'a.png'),
        evidence: [
          {
            source: 'code',
            kind: 'opaque',
            assurance: 'declared',
            format: 'qr',
            text: 'hello',
            bytes: Buffer.from('hello').toString('base64'),
          },
        ],
      },
      { evidence: [{ source: 'zone', kind: 'td3', assurance: 'read', lines: zone.lines }] },
      { evidence: [{ source: 'card-front', kind: 'resident-card', assurance: 'read' }] },
      { evidence: [], fault: { code: 'not-a-picture' } },
    ]);
    expect(pictures[1].evidence[0].confirm).toContain('name');
    const { fields, confirm } = pictures[2].evidence[0];
    const said = { name: 'residentId', value: person.number, check: 'passed' };
    expect(fields).toContainEqual({ ...said, confidence: expect.any(Number) });
    expect(confirm).toContain('name');
  });

  test('says what it could not read, and goes on with the others', async () => {
    const whole = png(code('hello'));
    const { exit, results, remarks } = await scanFiles({
      'torn.png': whole.subarray(0, whole.length / 2),
      'a.pdf': Buffer.from('%PDF-1.7'),
      'empty.png': png({ data: Buffer.alloc(64 * 64 * 4, 255), width: 64, height: 64 }),
      'good.png': whole,
    });
    expect(exit).toBe(1);
    expect(results).toEqual([`${join(folder, 'good.png')}: qr hello`]);
    expect(remarks).toHaveLength(3);
    expect(remarks[0]).toContain('cannot be read');
    expect(remarks[1]).toContain('only PNG and JPEG');
    expect(remarks[2]).toContain('no code, no machine-readable zone');
  });
});
