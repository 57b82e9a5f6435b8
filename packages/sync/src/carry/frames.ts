import { err, ok, type Random, type Result, utf8 } from '@tongban/core';

/**
 * `TBX1`: the four letters, eight random bytes, then frames. A frame is one byte (1 in the last), four bytes with the
 * length of its content, and the content under AES-256-GCM. Its nonce is the eight bytes and the frame's number; the
 * head, the number and the mark of the last are authenticated with it. So frames cannot be altered, moved, left out
 * or cut off at the end unseen, and no nonce is used twice under a key, which opens this one file only.
 */
const mark = utf8('TBX1');
const prefixBytes = 8;
const headBytes = mark.length + prefixBytes;
const frameHead = 5;
const tagBytes = 16;
/** Bytes of content in a frame. */
export const frameContent = 1024 * 1024;

export type FramesFailure = 'not-an-export' | 'wrong-code' | 'damaged';

export async function writeFrames(
  content: Uint8Array<ArrayBuffer>,
  key: Uint8Array<ArrayBuffer>,
  random: Random,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const aes = await imported(key, 'encrypt');
  const head = new Uint8Array([...mark, ...random.bytes(prefixBytes)]);
  const parts: Uint8Array<ArrayBuffer>[] = [head];
  const frames = Math.max(1, Math.ceil(content.length / frameContent));
  for (let number = 0; number < frames; number++) {
    const last = number === frames - 1;
    const plain = content.subarray(number * frameContent, (number + 1) * frameContent);
    const sealed = await crypto.subtle.encrypt(place(head, number, last), aes, plain);
    const before = new Uint8Array(frameHead);
    before[0] = last ? 1 : 0;
    new DataView(before.buffer).setUint32(1, plain.length);
    parts.push(before, new Uint8Array(sealed));
  }
  return parts;
}

/** `wrong-code`: not even the first frame opens. `damaged`: a later one does not, or the end is missing. */
export async function readFrames(
  file: Uint8Array<ArrayBuffer>,
  key: Uint8Array<ArrayBuffer>,
): Promise<Result<Uint8Array<ArrayBuffer>, FramesFailure>> {
  if (file.length < headBytes || mark.some((byte, at) => file[at] !== byte))
    return err('not-an-export');
  const aes = await imported(key, 'decrypt');
  const head = file.slice(0, headBytes);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const plain: Uint8Array<ArrayBuffer>[] = [];
  let at = headBytes;
  for (let number = 0; ; number++) {
    if (at + frameHead > file.length) return err('damaged');
    const last = file[at] === 1;
    const end = at + frameHead + view.getUint32(at + 1) + tagBytes;
    if (end > file.length) return err('damaged');
    try {
      const sealed = file.subarray(at + frameHead, end);
      plain.push(
        new Uint8Array(await crypto.subtle.decrypt(place(head, number, last), aes, sealed)),
      );
    } catch {
      return err(number === 0 ? 'wrong-code' : 'damaged');
    }
    at = end;
    if (last) return at === file.length ? ok(joined(plain)) : err('damaged');
  }
}

function place(head: Uint8Array, number: number, last: boolean): AesGcmParams {
  const counter = new Uint8Array(4);
  new DataView(counter.buffer).setUint32(0, number);
  return {
    name: 'AES-GCM',
    iv: new Uint8Array([...head.subarray(mark.length), ...counter]),
    additionalData: new Uint8Array([...head, ...counter, last ? 1 : 0]),
  };
}

function imported(key: Uint8Array<ArrayBuffer>, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use]);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
