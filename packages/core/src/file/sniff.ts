import { jpegEnds } from './jpeg.ts';
import { pngEnds } from './png.ts';

/** Kinds of file that a material may be. */
export type FileType = 'image/jpeg' | 'image/png' | 'application/pdf';

/** Largest file that a person may hand in, in bytes. */
export const largestFile = 10 * 1024 * 1024;

/** Says what a file is by its content; its name and claimed type count for nothing. */
export function sniff(bytes: Uint8Array): FileType | undefined {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (indexOf(bytes.subarray(0, 1024), '%PDF-') >= 0) return 'application/pdf';
  return undefined;
}

/** Whether a file ends before its format says it does: a copy that broke off, a photograph half saved. */
export function isTorn(bytes: Uint8Array, type: FileType): boolean {
  switch (type) {
    case 'image/jpeg':
      return !jpegEnds(bytes);
    case 'image/png':
      return !pngEnds(bytes);
    case 'application/pdf':
      return indexOf(bytes.subarray(Math.max(0, bytes.length - 2048)), '%%EOF') < 0;
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}

function indexOf(bytes: Uint8Array, text: string): number {
  // Latin-1 maps each byte to one character, so that positions stay those of the bytes.
  return new TextDecoder('latin1').decode(bytes).indexOf(text);
}
