const preamble = [0xaa, 0xaa, 0xaa, 0x96, 0x69] as const;
/** Preamble and length. */
const head = preamble.length + 2;

/** A message of GA 450: preamble, length (2 bytes, big-endian, the check included), body, XOR over length and body. */
export function frame(body: readonly number[] | Uint8Array): Uint8Array {
  const length = body.length + 1;
  const bytes = Uint8Array.of(...preamble, length >> 8, length & 0xff, ...body, 0);
  bytes[bytes.length - 1] = xor(bytes, preamble.length, bytes.length);
  return bytes;
}

/** Bodies of messages, found in a stream of bytes. */
export interface FrameStream {
  /** `bytes` are its own from then on: they are overwritten once they were looked at. */
  take(bytes: Uint8Array): void;
  /** Forgets a message that has begun: what comes next answers something else. */
  clear(): void;
  /** Bytes so far that belonged to no message: noise, or a message that was damaged. */
  skipped(): number;
}

/**
 * Finds messages among noise. What cannot be one (another preamble, a length below 3 or over `longest`, a wrong check) is
 * left at the next byte where one may begin, so a message inside noise, or after a half one, is found. It holds one
 * message at most and wastes none of what follows. `onBody` looks at a body at once: it is overwritten when that returns.
 */
export function frameStream(longest: number, onBody: (body: Uint8Array) => void): FrameStream {
  const held = new Uint8Array(head + longest);
  let count = 0;
  let skipped = 0;

  function drop(bytes: number): void {
    held.copyWithin(0, bytes, count);
    held.fill(0, count - bytes, count);
    count -= bytes;
  }
  function settle(): void {
    while (count > 0) {
      const end = endOf(held, count, longest);
      if (end === 'more') return;
      if (end === 'none') {
        const next = nextStart(held, count);
        skipped += next;
        drop(next);
        continue;
      }
      onBody(held.subarray(head, end - 1));
      drop(end);
    }
  }
  return {
    take(bytes) {
      for (const byte of bytes) {
        held[count] = byte;
        count += 1;
        settle();
      }
      bytes.fill(0);
    },
    clear() {
      skipped += count;
      drop(count);
    },
    skipped: () => skipped,
  };
}

/** Where the message ends that begins at the first byte; `more` while it is not all there, `none` when it is none. */
function endOf(bytes: Uint8Array, count: number, longest: number): number | 'more' | 'none' {
  if (!mayBegin(bytes, 0, count)) return 'none';
  if (count < head) return 'more';
  const length = ((bytes[head - 2] ?? 0) << 8) | (bytes[head - 1] ?? 0);
  if (length < 3 || length > longest) return 'none';
  const end = head + length;
  if (count < end) return 'more';
  return xor(bytes, preamble.length, end) === 0 ? end : 'none';
}

function nextStart(bytes: Uint8Array, count: number): number {
  let at = 1;
  while (at < count && !mayBegin(bytes, at, count)) at += 1;
  return at;
}

/** Whether what is there from `at` on is a preamble, as far as it goes. */
function mayBegin(bytes: Uint8Array, at: number, count: number): boolean {
  for (let i = 0; i < preamble.length && at + i < count; i += 1)
    if (bytes[at + i] !== preamble[i]) return false;
  return true;
}

function xor(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at += 1) sum ^= bytes[at] ?? 0;
  return sum;
}
