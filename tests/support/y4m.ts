/** One picture: 8-bit RGB, row by row from the top left, three bytes a pixel. */
export interface RgbFrame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * A YUV4MPEG2 film as Chromium's fake camera reads it (`--use-file-for-fake-video-capture`): planar 4:2:0,
 * BT.601 studio range. All frames have the size of the first, which must be even both ways.
 */
export function y4m(frames: readonly RgbFrame[], framesPerSecond = 10): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error('A film needs at least one frame.');
  return film(first, frames, framesPerSecond, planes);
}

/** As `y4m`, of frames in shades of grey, a byte a pixel. */
export function greyY4m(frames: readonly GreyFrame[], framesPerSecond = 10): Buffer {
  const [first] = frames;
  if (first === undefined) throw new Error('A film needs at least one frame.');
  return film(first, frames, framesPerSecond, ({ data }) => {
    const out = Buffer.alloc(data.length * 1.5, 128);
    for (let at = 0; at < data.length; at += 1)
      out[at] = Math.round(16 + ((data[at] ?? 0) * 219) / 255);
    return out;
  });
}

/** One picture in shades of grey: a byte a pixel, row by row, 0 black. */
export interface GreyFrame {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

type Size = Pick<RgbFrame, 'width' | 'height'>;

function film<T extends Size>(
  { width, height }: Size,
  frames: readonly T[],
  framesPerSecond: number,
  drawn: (frame: T) => Buffer,
): Buffer {
  if (width % 2 !== 0 || height % 2 !== 0) throw new Error('4:2:0 needs an even width and height.');
  const header = `YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420mpeg2\n`;
  return Buffer.concat([
    Buffer.from(header, 'ascii'),
    ...frames.flatMap((frame) => {
      if (frame.width !== width || frame.height !== height) {
        throw new Error('All frames of a film have one size.');
      }
      return [Buffer.from('FRAME\n', 'ascii'), drawn(frame)];
    }),
  ]);
}

function planes({ width, height, pixels }: RgbFrame): Buffer {
  if (pixels.length !== width * height * 3) throw new Error('A frame has three bytes a pixel.');
  const luma = width * height;
  const chroma = luma / 4;
  const out = Buffer.alloc(luma + 2 * chroma);
  const at = (x: number, y: number, channel: number): number =>
    pixels[(y * width + x) * 3 + channel] ?? 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = 0.257 * at(x, y, 0) + 0.504 * at(x, y, 1) + 0.098 * at(x, y, 2) + 16;
      out[y * width + x] = Math.round(value);
    }
  }
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const mean = (channel: number): number =>
        (at(x, y, channel) +
          at(x + 1, y, channel) +
          at(x, y + 1, channel) +
          at(x + 1, y + 1, channel)) /
        4;
      const [r, g, b] = [mean(0), mean(1), mean(2)];
      const cell = (y / 2) * (width / 2) + x / 2;
      out[luma + cell] = Math.round(-0.148 * r - 0.291 * g + 0.439 * b + 128);
      out[luma + chroma + cell] = Math.round(0.439 * r - 0.368 * g - 0.071 * b + 128);
    }
  }
  return out;
}

/** `frame` scaled by whole pixels and laid in the middle of a white film frame, as a sheet held to a camera. */
export function onWhite(
  frame: RgbFrame,
  film: { readonly width: number; readonly height: number },
): RgbFrame {
  const scale = Math.floor(Math.min(film.width / frame.width, film.height / frame.height));
  if (scale < 1) throw new Error('The picture is larger than the film.');
  const pixels = new Uint8Array(film.width * film.height * 3).fill(255);
  const left = Math.floor((film.width - frame.width * scale) / 2);
  const top = Math.floor((film.height - frame.height * scale) / 2);
  for (let y = 0; y < frame.height * scale; y += 1) {
    for (let x = 0; x < frame.width * scale; x += 1) {
      const from = (Math.floor(y / scale) * frame.width + Math.floor(x / scale)) * 3;
      pixels.set(frame.pixels.subarray(from, from + 3), ((top + y) * film.width + left + x) * 3);
    }
  }
  return { ...film, pixels };
}
