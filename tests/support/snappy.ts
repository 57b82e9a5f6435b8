/**
 * Decompresses one Snappy block (raw format, without framing).
 * @throws RangeError when the block is not well formed.
 */
export function snappyDecompress(block: Uint8Array): Buffer {
  let at = 0;
  const next = (): number => {
    const byte = block[at];
    if (byte === undefined) throw new RangeError('The Snappy block ends too early.');
    at += 1;
    return byte;
  };
  const little = (bytes: number): number => {
    let value = 0;
    for (let index = 0; index < bytes; index += 1) value += next() * 2 ** (8 * index);
    return value;
  };

  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = next();
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
    if (shift > 28) throw new RangeError('The Snappy block names no length.');
  }
  // A copy of at most 64 bytes takes three: what claims to grow more than that is no Snappy block.
  if (length > block.length * 64)
    throw new RangeError('The Snappy block claims too great a length.');

  const out = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const tag = next();
    if ((tag & 3) === 0) {
      const short = tag >> 2;
      const size = (short < 60 ? short : little(short - 59)) + 1;
      if (at + size > block.length || filled + size > length) {
        throw new RangeError('A Snappy literal runs over the end.');
      }
      out.set(block.subarray(at, at + size), filled);
      at += size;
      filled += size;
      continue;
    }
    const near = (tag & 3) === 1;
    const size = near ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const offset = near ? ((tag >> 5) << 8) + next() : little((tag & 3) === 2 ? 2 : 4);
    if (offset === 0 || offset > filled || filled + size > length) {
      throw new RangeError('A Snappy copy points outside of the block.');
    }
    // Byte by byte: a copy may overlap what it writes.
    for (let index = 0; index < size; index += 1) {
      out[filled] = out[filled - offset] ?? 0;
      filled += 1;
    }
  }
  return out;
}
