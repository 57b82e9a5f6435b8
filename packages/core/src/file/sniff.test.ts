import { describe, expect, it } from 'vitest';
import { blankJpeg, blankPdf, blankPng } from '../testing/files.ts';
import { isTorn, sniff } from './sniff.ts';

const files = [
  ['image/jpeg', blankJpeg],
  ['image/png', blankPng],
  ['application/pdf', blankPdf],
] as const;

describe.each(files)('%s', (type, bytes) => {
  it('is known by its content', () => {
    expect(sniff(bytes)).toBe(type);
    expect(isTorn(bytes, type)).toBe(false);
  });

  it('is torn wherever it breaks off', () => {
    for (let end = 12; end < bytes.length - 2; end++)
      expect(isTorn(bytes.subarray(0, end), type), `cut at ${end}`).toBe(true);
  });
});

describe('files', () => {
  it('may carry what a camera appends', () => {
    expect(isTorn(Uint8Array.of(...blankJpeg, 1, 2, 3), 'image/jpeg')).toBe(false);
  });

  it('may not hide a damaged chunk', () => {
    const damaged = blankPng.slice();
    damaged[45] = (damaged[45] ?? 0) ^ 1;
    expect(isTorn(damaged, 'image/png')).toBe(true);
  });

  it.each([[[]], [[0xff, 0xd8]], [Array.from(new TextEncoder().encode('<svg></svg>'))]])(
    'of another kind are not known: %j',
    (bytes) => expect(sniff(Uint8Array.from(bytes))).toBeUndefined(),
  );
});
