import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import qrcode from 'qrcode-generator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dispatch } from './dispatch.ts';
import { scanCommand } from './scan.ts';

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

  test('gives format, text and bytes as JSON', async () => {
    const { exit, results } = await scanFiles({ 'a.png': png(code('hello')) }, '--json');
    expect(exit).toBe(0);
    const [picture] = JSON.parse(results.join('\n'));
    expect(picture).toMatchObject({
      file: join(folder, 'a.png'),
      found: [{ format: 'qr', text: 'hello', bytes: Buffer.from('hello').toString('base64') }],
    });
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
    expect(remarks[2]).toContain('no code was found');
  });
});
