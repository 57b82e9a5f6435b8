import { snappyDecompress } from './snappy.ts';

/**
 * A reader for the two files in which LevelDB keeps data, as Chromium writes them for IndexedDB and local
 * storage: only what a search for traces needs, so checksums are not verified and torn tails are read as
 * far as they go.
 */

const footerSize = 48;
const magic = Buffer.from('57fb808b247547db', 'hex');

/** True when `file` is a LevelDB table (`.ldb`, `.sst`). */
export function isTable(file: Buffer): boolean {
  return file.length >= footerSize && file.subarray(-8).equals(magic);
}

/** All entries of a table as `key ‖ value`, blocks decompressed and shared key prefixes restored. */
export function tableEntries(file: Buffer): Buffer[] {
  const footer = new Cursor(file, file.length - footerSize);
  footer.handle();
  const index = readBlock(file, footer.handle());
  return entries(index).flatMap(({ value }) =>
    entries(readBlock(file, new Cursor(value, 0).handle())).map(({ key, value }) =>
      Buffer.concat([key, value]),
    ),
  );
}

const blockSize = 32 * 1024;
const headerSize = 7;

/** The records of a write-ahead log (`NNNNNN.log`, `MANIFEST-…`), fragments joined over block borders. */
export function logRecords(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  let parts: Buffer[] = [];
  for (let at = 0; at + headerSize <= file.length; ) {
    const leftInBlock = blockSize - (at % blockSize);
    if (leftInBlock < headerSize) {
      at += leftInBlock;
      continue;
    }
    const length = file.readUInt16LE(at + 4);
    const type = file.readUInt8(at + 6);
    if (type < 1 || type > 4 || headerSize + length > leftInBlock) {
      // Zeros after the end, or a torn record: go on with the next block.
      at += leftInBlock;
      parts = [];
      continue;
    }
    const piece = file.subarray(at + headerSize, at + headerSize + length);
    at += headerSize + length;
    const [full, first, last] = [type === 1, type === 2, type === 4];
    if (full || first) parts = [];
    parts.push(piece);
    if (full || last) {
      records.push(Buffer.concat(parts));
      parts = [];
    }
  }
  if (parts.length > 0) records.push(Buffer.concat(parts));
  return records;
}

interface Handle {
  readonly offset: number;
  readonly size: number;
}

function readBlock(file: Buffer, { offset, size }: Handle): Buffer {
  const block = file.subarray(offset, offset + size);
  const compression = file.readUInt8(offset + size);
  if (compression === 0) return block;
  if (compression === 1) return snappyDecompress(block);
  throw new RangeError(`A LevelDB block is compressed in an unknown way (${compression}).`);
}

function entries(block: Buffer): { key: Buffer; value: Buffer }[] {
  const restarts = block.readUInt32LE(block.length - 4);
  const end = block.length - 4 * (restarts + 1);
  const found: { key: Buffer; value: Buffer }[] = [];
  const cursor = new Cursor(block, 0);
  let key = Buffer.alloc(0);
  while (cursor.at < end) {
    const shared = cursor.varint();
    const own = cursor.varint();
    const size = cursor.varint();
    key = Buffer.concat([key.subarray(0, shared), cursor.bytes(own)]);
    found.push({ key, value: cursor.bytes(size) });
  }
  return found;
}

class Cursor {
  readonly #file: Buffer;
  at: number;

  constructor(file: Buffer, at: number) {
    this.#file = file;
    this.at = at;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift <= 63; shift += 7) {
      const byte = this.#file.readUInt8(this.at);
      this.at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('A LevelDB number does not end.');
  }

  bytes(length: number): Buffer {
    const piece = this.#file.subarray(this.at, this.at + length);
    this.at += length;
    return piece;
  }

  handle(): Handle {
    return { offset: this.varint(), size: this.varint() };
  }
}
