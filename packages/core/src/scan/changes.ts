import { BitArray, type BitMatrix } from '@zxing/library';

/** Gives the places where the colour changes along a row, from left to right; a word of 32 pixels at a time. */
export function rowChanges(image: BitMatrix): (y: number) => readonly number[] {
  const width = image.getWidth();
  const row = new BitArray(width);
  return (y) => {
    const words = image.getRow(y, row).getBitArray();
    const found: number[] = [];
    let before = (words[0] ?? 0) & 1;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? 0;
      for (let rest = word ^ ((word << 1) | before); rest !== 0; rest &= rest - 1) {
        const x = i * 32 + 31 - Math.clz32(rest & -rest);
        if (x < width) found.push(x);
      }
      before = word >>> 31;
    }
    return found;
  };
}
