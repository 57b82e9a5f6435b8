import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { constants, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { isTable, logRecords, tableEntries } from './leveldb.ts';
import { snappyDecompress } from './snappy.ts';

/** A planted value that was found again, where, and how it was written there. */
export interface Trace {
  readonly value: string;
  readonly file: string;
  readonly writtenAs: string;
}

/**
 * Searches every file below `folder` for `values`, as UTF-8, as UTF-16LE and as Base64 (both alphabets, at
 * each of its three alignments): in the bytes as they lie, and in what LevelDB, IndexedDB and gzip have
 * compressed. A file that goes away during the search holds nothing any more.
 *
 * @throws Error for a value too short to be told from chance (fewer than six bytes).
 */
export async function findPlanted(folder: string, values: readonly string[]): Promise<Trace[]> {
  const needles = values.flatMap(needlesFor);
  const traces: Trace[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const file = await readIfThere(path);
    if (file === undefined) continue;
    const views = layers(file, entry.name);
    for (const { value, writtenAs, bytes } of needles) {
      if (views.some((view) => view.includes(bytes))) {
        traces.push({ value, file: relative(folder, path), writtenAs });
      }
    }
  }
  return traces;
}

interface Needle {
  readonly value: string;
  readonly writtenAs: string;
  readonly bytes: Buffer;
}

function needlesFor(value: string): Needle[] {
  const utf8 = Buffer.from(value, 'utf8');
  if (utf8.length < 6) throw new Error(`“${value}” is too short to search for.`);
  return [
    { value, writtenAs: 'UTF-8', bytes: utf8 },
    { value, writtenAs: 'UTF-16LE', bytes: Buffer.from(value, 'utf16le') },
    ...[0, 1, 2].flatMap((before) => {
      const encoded = Buffer.concat([Buffer.alloc(before), utf8]).toString('base64');
      // The characters at both ends also depend on the neighbours: they are left out.
      const whole = encoded.replace(/=+$/, '');
      const end = (before + utf8.length) % 3 === 0 ? whole.length : whole.length - 1;
      const core = whole.slice(before === 0 ? 0 : before + 1, end);
      const safe = core.replaceAll('+', '-').replaceAll('/', '_');
      return [...new Set([core, safe])].map((text) => ({
        value,
        writtenAs: `Base64, ${before} bytes in`,
        bytes: Buffer.from(text, 'ascii'),
      }));
    }),
  ];
}

/** The file as it lies, and each form of it that a decompression gives. */
function layers(file: Buffer, name: string): Buffer[] {
  const views = [file];
  if (isTable(file)) views.push(joined(tableEntries(file)));
  else if (name.endsWith('.log') || name.startsWith('MANIFEST-')) {
    views.push(joined(logRecords(file)));
  }
  for (const view of [...views]) views.push(...packedValues(view), ...gzipped(view));
  return views;
}

function joined(pieces: readonly Buffer[]): Buffer {
  const gap = Buffer.alloc(1);
  return Buffer.concat(pieces.flatMap((piece) => [piece, gap]));
}

// Chromium wraps a large IndexedDB value: version tag, pseudo version, how it was packed.
const packed = [
  { mark: Buffer.from([0xff, 0x11, 0x02]), unpack: snappyDecompress },
  { mark: Buffer.from([0xff, 0x11, 0x03]), unpack: zstdDecompressSync },
];

function packedValues(view: Buffer): Buffer[] {
  return packed.flatMap(({ mark, unpack }) =>
    positions(view, mark).flatMap((at) => attempt(() => unpack(view.subarray(at + mark.length)))),
  );
}

function gzipped(view: Buffer): Buffer[] {
  return positions(view, Buffer.from([0x1f, 0x8b, 0x08])).flatMap((at) =>
    attempt(() => gunzipSync(view.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH })),
  );
}

function positions(view: Buffer, mark: Buffer): number[] {
  const found: number[] = [];
  for (let at = view.indexOf(mark); at >= 0; at = view.indexOf(mark, at + 1)) found.push(at);
  return found;
}

/** What `unpack` gives, or nothing: the same three bytes also stand in data that is not packed at all. */
function attempt(unpack: () => Buffer): Buffer[] {
  try {
    return [unpack()];
  } catch {
    return [];
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
