import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from '@tongban/core/scan';
import { drawn } from '@tongban/core/testing/codes';
import { Ajv } from 'ajv';
import { PNG } from 'pngjs';
import { afterEach, expect, test } from 'vitest';
import { corpusTable, measureCorpus } from '../../bench/scanning/corpus.ts';
import { root } from '../build/sources.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

function pngOf({ data, width, height }: Frame): Buffer {
  const png = new PNG({ width, height });
  data.forEach((grey, at) => {
    png.data.fill(grey, at * 4, at * 4 + 3);
    png.data[at * 4 + 3] = 255;
  });
  return PNG.sync.write(png);
}

async function corpus(sets: Readonly<Record<string, readonly [Frame, string][]>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tongban-corpus-'));
  folders.push(folder);
  for (const [set, pictures] of Object.entries(sets)) {
    await mkdir(join(folder, set));
    for (const [index, [frame, truth]] of pictures.entries()) {
      await writeFile(join(folder, set, `${index}.png`), pngOf(frame));
      await writeFile(join(folder, set, `${index}.txt`), truth);
    }
  }
  return folder;
}

test('counts for every reader what it reads of a folder and what it misreads, and says so by its schema', async () => {
  const qr = await drawn('qr', 'TBR1:42');
  const folder = await corpus({
    'qrcode-1': [
      [qr, 'TBR1:42'],
      [qr, 'another truth'],
    ],
    'aztec-1': [[await drawn('aztec', 'Lan'), 'Lan']],
    'upca-1': [],
  });
  const report = await measureCorpus(folder);
  const schema = JSON.parse(
    await readFile(join(root, 'docs/schemas/scan-corpus.schema.json'), 'utf8'),
  );
  const validate = new Ajv({ strict: true }).compile(schema);
  validate(JSON.parse(JSON.stringify(report)));
  expect(validate.errors).toBeNull();
  const counts = report.formats.map(({ format, pictures, readers, atLeastEvery }) => [
    [format, pictures, atLeastEvery],
    ...readers.map(({ reader, read, wrong }) => [reader, read, wrong]),
  ]);
  expect(counts).toEqual([
    [
      ['qr', 2, true],
      ['ours', 4, 4],
      ['@zxing/library', 4, 4],
      ['zxing-wasm', 4, 4],
      ['jsQR', 4, 4],
    ],
    [
      ['aztec', 1, true],
      ['ours', 4, 0],
      ['@zxing/library', 4, 0],
      ['zxing-wasm', 4, 0],
    ],
  ]);
  expect(report.wrong.map(({ file, turn, texts }) => [file, turn, texts])).toEqual(
    [0, 90, 180, 270].map((turn) => ['qrcode-1/1.png', turn, ['TBR1:42']]),
  );
  expect(report.skipped).toEqual(['upca-1']);
  expect(corpusTable(report)).toMatch(/^qr +ours +4 of 8 +4 .*$/m);
});
