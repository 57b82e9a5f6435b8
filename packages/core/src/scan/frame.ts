/** One picture in shades of grey: a byte a pixel, row by row, 0 black. */
export interface Frame {
  readonly data: Uint8Array | Uint8ClampedArray;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Pixels; the origin is the upper left corner of the frame that was handed in. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Grey from RGBA pixels (ITU-R BT.601 weights). What is transparent counts as white, as a page
 * would show it.
 */
export function luminance(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): Frame {
  const data = new Uint8ClampedArray(width * height);
  for (let i = 0, j = 0; i < data.length; i++, j += 4) {
    const grey = (306 * (rgba[j] ?? 0) + 601 * (rgba[j + 1] ?? 0) + 117 * (rgba[j + 2] ?? 0)) >> 10;
    const alpha = rgba[j + 3] ?? 0;
    data[i] = alpha === 255 ? grey : 255 + ((((grey - 255) * alpha) / 255) | 0);
  }
  return { data, width, height };
}
