/**
 * Reads a folder of photographed codes and counts what was read, by format:
 * `node packages/core/src/scan/testing/measure.ts FOLDER [--effort glance] [--misses] [--one]`, the last without the second engine.
 *
 * The folder holds one folder a set, named by format and number (`qrcode-1`), with PNG pictures and
 * beside each its truth, `.txt` (UTF-8) or `.bin`. This is the layout of the public blackbox tests
 * of ZXing.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import type { Format } from '../formats.ts';
import { luminance } from '../frame.ts';
import { scan } from '../scan.ts';
import { openSecondReader } from '../secondReader.ts';

const named: Readonly<Record<string, Format>> = {
  qrcode: 'qr',
  pdf417: 'pdf417',
  datamatrix: 'data-matrix',
  aztec: 'aztec',
  code128: 'code-128',
  ean13: 'ean-13',
};

interface Count {
  pictures: number;
  right: number;
  wrong: number;
  readonly milliseconds: number[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    effort: { type: 'string', default: 'thorough' },
    misses: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
    one: { type: 'boolean', default: false },
  },
});
const root = positionals[0];
if (root === undefined) throw new Error('Name the folder that holds the sets.');
const effort = values.effort === 'glance' ? 'glance' : 'thorough';
const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
const second = values.one
  ? undefined
  : await openSecondReader(new Uint8Array(readFileSync(wasm)).buffer);

const counts = new Map<Format, Count>();
for (const set of readdirSync(root).sort()) {
  const format = named[set.split('-')[0] ?? ''];
  if (format === undefined) continue;
  const count = counts.get(format) ?? { pictures: 0, right: 0, wrong: 0, milliseconds: [] };
  counts.set(format, count);
  for (const name of readdirSync(join(root, set)).filter((file) => file.endsWith('.png'))) {
    const png = PNG.sync.read(readFileSync(join(root, set, name)));
    const frame = luminance(png.data, png.width, png.height);
    const start = performance.now();
    const found = await scan(frame, { effort, second, ...(values.alone && { formats: [format] }) });
    count.milliseconds.push(performance.now() - start);
    count.pictures++;
    const finding = found.find((one) => one.format === format);
    const verdict = judge(join(root, set, name.replace(/\.png$/, '')), finding);
    if (verdict === 'right') count.right++;
    else if (verdict === 'wrong') count.wrong++;
    if (values.misses && verdict !== 'right') {
      console.log(verdict, set, name, JSON.stringify(found.map((one) => one.text)));
    }
    const strays = found.filter((one) => one.format !== format);
    if (values.misses && strays.length > 0) {
      console.log('stray', set, name, JSON.stringify(strays.map((one) => [one.format, one.text])));
    }
  }
}
console.table(
  Object.fromEntries(
    [...counts].map(([format, { pictures, right, wrong, milliseconds }]) => {
      const sorted = milliseconds.sort((a, b) => a - b);
      return [
        format,
        {
          pictures,
          right,
          wrong,
          'median ms': Math.round((sorted[sorted.length >> 1] ?? 0) * 10) / 10,
          'slowest ms': Math.round(sorted.at(-1) ?? 0),
        },
      ];
    }),
  ),
);

function judge(
  stem: string,
  finding: { readonly text: string; readonly bytes: Uint8Array } | undefined,
): 'right' | 'wrong' | 'unread' {
  if (finding === undefined) return 'unread';
  if (existsSync(`${stem}.txt`)) {
    return readFileSync(`${stem}.txt`, 'utf8') === finding.text ? 'right' : 'wrong';
  }
  return readFileSync(`${stem}.bin`).equals(finding.bytes) ? 'right' : 'wrong';
}
