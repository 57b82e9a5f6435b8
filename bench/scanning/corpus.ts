import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Format, formats, luminance, turned } from '@tongban/core/scan';
import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { percentile } from '../../scripts/bench/bench.ts';
import {
  type Read,
  type Reader,
  type ReaderName,
  readers,
  type Seen,
  said,
  seen,
} from './readers.ts';

/** How each picture is shown, in degrees clockwise. */
export const turns = [0, 90, 180, 270] as const;

/** What one reader made of all pictures of a format, in every turn. */
interface ReaderOnFormat {
  readonly reader: string;
  /** Pictures whose text was among what it read. */
  readonly read: number;
  /** Pictures of which it read something, and not that. */
  readonly wrong: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

/** As `docs/schemas/scan-corpus.schema.json` describes it. */
export interface CorpusReport {
  readonly form: 'tongban-scan-corpus-1';
  readonly turns: readonly number[];
  readonly formats: readonly {
    readonly format: Format;
    /** Photographs of it, each shown in every turn. */
    readonly pictures: number;
    readonly readers: readonly ReaderOnFormat[];
    /** Whether no other reader read more than ours. */
    readonly atLeastEvery: boolean;
  }[];
  /** What ours read otherwise than the truth says, for whoever wants to look. */
  readonly wrong: readonly {
    readonly file: string;
    readonly turn: number;
    readonly texts: readonly string[];
  }[];
  /** Folders whose names say no format that is read here. */
  readonly skipped: readonly string[];
}

interface Photograph {
  readonly file: string;
  readonly format: Format;
  readonly shown: readonly { readonly turn: number; readonly picture: Seen }[];
  readonly truth: string | Buffer;
}

const named: Readonly<Record<string, Format>> = {
  qrcode: 'qr',
  pdf417: 'pdf417',
  datamatrix: 'data-matrix',
  aztec: 'aztec',
  code128: 'code-128',
  ean13: 'ean-13',
};

interface Tally {
  read: number;
  wrong: number;
  readonly milliseconds: number[];
}

/**
 * Shows every photograph of `folder` to every reader in every turn, in one run. The folder holds one folder a set, named by
 * format and number (`qrcode-1`), with PNG or JPEG pictures and beside each its truth, `.txt` (UTF-8) or `.bin`.
 */
export async function measureCorpus(folder: string): Promise<CorpusReport> {
  const all = await readers();
  const names = Object.keys(all) as ReaderName[];
  const tallies = new Map<string, Tally>();
  const counts = new Map<Format, number>();
  const wrong: { file: string; turn: number; texts: readonly string[] }[] = [];
  const skipped: string[] = [];
  let warm = false;
  for (const set of (await readdir(folder)).toSorted()) {
    const format = named[set.split('-')[0] ?? ''];
    if (format === undefined) {
      skipped.push(set);
      continue;
    }
    for await (const photograph of photographsIn(folder, set, format)) {
      counts.set(format, (counts.get(format) ?? 0) + 1);
      // The first picture is read once before any clock runs: code is compiled while it does.
      if (!warm)
        for (const name of names) await all[name].picture(photograph.shown[0]?.picture as Seen);
      warm = true;
      for (const { turn, picture } of photograph.shown)
        for (const name of names.filter((one) => all[one].reads.includes(format))) {
          const { found, milliseconds } = await timed(all[name], picture);
          const tally = tallies.get(`${format} ${name}`) ?? { read: 0, wrong: 0, milliseconds: [] };
          tallies.set(`${format} ${name}`, tally);
          tally.milliseconds.push(milliseconds);
          if (found.some((one) => isTruth(one, photograph.truth))) tally.read += 1;
          else if (found.length > 0) {
            tally.wrong += 1;
            const texts = found.map(({ text }) => text);
            if (name === 'ours') wrong.push({ file: photograph.file, turn, texts });
          }
        }
    }
  }
  const rows = formats.flatMap((format) => {
    const pictures = counts.get(format);
    if (pictures === undefined) return [];
    const readersOf = names.flatMap((name) => {
      const tally = tallies.get(`${format} ${name}`);
      return tally === undefined ? [] : [rowOf(said[name], tally)];
    });
    const most = Math.max(...readersOf.map(({ read }) => read));
    const atLeastEvery = readersOf.some(
      ({ reader, read }) => reader === said.ours && read === most,
    );
    return [{ format, pictures, readers: readersOf, atLeastEvery }];
  });
  return { form: 'tongban-scan-corpus-1', turns, formats: rows, wrong, skipped };
}

async function* photographsIn(
  folder: string,
  set: string,
  format: Format,
): AsyncGenerator<Photograph> {
  for (const name of (await readdir(join(folder, set))).toSorted()) {
    if (!/\.(png|jpe?g)$/i.test(name)) continue;
    const stem = join(folder, set, name.replace(/\.\w+$/, ''));
    const truth = existsSync(`${stem}.txt`)
      ? await readFile(`${stem}.txt`, 'utf8')
      : await readFile(`${stem}.bin`);
    const bytes = await readFile(join(folder, set, name));
    const { data, width, height } = /\.png$/i.test(name)
      ? PNG.sync.read(bytes)
      : jpeg.decode(bytes, { useTArray: true });
    let frame = luminance(data, width, height);
    const shown = [];
    for (const turn of turns) {
      shown.push({ turn, picture: seen(frame) });
      frame = turned(frame).frame;
    }
    yield { file: join(set, name), format, shown, truth };
  }
}

async function timed(reader: Reader, picture: Seen) {
  const began = performance.now();
  const found = await reader.picture(picture);
  return { found, milliseconds: performance.now() - began };
}

/** Who tells no bytes shows them in the text, one character each. */
function isTruth({ text, bytes }: Read, truth: string | Buffer): boolean {
  if (typeof truth === 'string') return text === truth;
  return bytes === undefined ? text === truth.toString('latin1') : truth.equals(bytes);
}

function rowOf(reader: string, { read, wrong, milliseconds }: Tally): ReaderOnFormat {
  const rounded = (p: number) => Math.round(percentile(milliseconds, p) * 10) / 10;
  return { reader, read, wrong, medianMs: rounded(0.5), p95Ms: rounded(0.95) };
}

/** The report for people. */
export function corpusTable({ formats: rows, wrong, skipped }: CorpusReport): string {
  const lines = rows.flatMap(({ format, pictures, readers: readersOf, atLeastEvery }) =>
    readersOf.map(({ reader, read, wrong: misread, medianMs, p95Ms }) =>
      [
        format.padEnd(12),
        reader.padEnd(16),
        `${read} of ${pictures * turns.length}`.padStart(12),
        String(misread).padStart(6),
        medianMs.toFixed(1).padStart(10),
        p95Ms.toFixed(1).padStart(10),
        reader === said.ours && !atLeastEvery ? '  another reads more' : '',
      ].join(''),
    ),
  );
  const head = [
    ['format'.padEnd(12), 'reader'.padEnd(16), 'read'.padStart(12)],
    ['wrong'.padStart(6), 'median ms'.padStart(10), 'p95 ms'.padStart(10)],
  ]
    .flat()
    .join('');
  return [
    head,
    ...lines,
    ...wrong.map(({ file, turn, texts }) => `ours, ${file} at ${turn}°: ${JSON.stringify(texts)}`),
    ...(skipped.length > 0 ? [`skipped: ${skipped.join(', ')}`] : []),
  ].join('\n');
}
