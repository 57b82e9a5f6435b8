/** Markers that stand alone: TEM, RST0–7, SOI (ISO/IEC 10918-1, table B.1). */
const standalone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Frame headers SOF0–15 without DHT, JPG and DAC. */
const frame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/**
 * Walks the segments of a JPEG to its end marker. Bytes after it are allowed, since cameras append their own; a
 * missing end, frame or scan is not.
 */
export function jpegEnds(bytes: Uint8Array): boolean {
  let at = 2;
  let hasFrame = false;
  let hasScan = false;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker === 0xd9) return hasFrame && hasScan;
    else if (standalone(marker)) at += 2;
    else {
      const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
      if (length < 2) return false;
      hasFrame ||= frame(marker);
      at += 2 + length;
      if (marker === 0xda) {
        hasScan = true;
        at = afterScan(bytes, at);
      }
    }
  }
  return false;
}

/** Entropy-coded data runs until a marker that is neither a stuffed zero nor a restart. */
function afterScan(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (bytes[at] === 0xff && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
    at += 1;
  }
  return bytes.length;
}
