import type { Frame, Point } from './frame.ts';
import { faint, reliefOf } from './relief.ts';

/** A frame derived from another, and the way back from its points. */
export interface View {
  readonly frame: Frame;
  readonly back: (point: Point) => Point;
  /** Pictures that were made on the way to this one, itself among them; not the one handed in. */
  readonly made: readonly Frame[];
}

/** Overwrites what was made for a view: of a person's card no copy shall lie about. */
export function wipe({ made }: Pick<View, 'made'>): void {
  for (const { data } of made) data.fill(0);
}

export function viewOf(frame: Frame, back: View['back']): View {
  return { frame, back, made: [frame] };
}

export function asIs(frame: Frame): View {
  return { frame, back: (point) => point, made: [] };
}

/** A quarter turn clockwise: codes in rows are only found along the rows. */
export function turned({ data, width, height }: Frame): View {
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) out[x * height + (height - 1 - y)] = data[y * width + x] ?? 0;
  }
  return viewOf({ data: out, width: height, height: width }, (point) => ({
    x: point.y,
    y: height - 1 - point.x,
  }));
}

/** Half the size, each pixel the mean of four: takes noise and screen patterns away. */
export function halved({ data, width, height }: Frame): View {
  const w = width >> 1;
  const h = height >> 1;
  const out = new Uint8ClampedArray(w * h);
  for (let y = 0; y < h; y++) {
    const upper = 2 * y * width;
    const lower = upper + width;
    for (let x = 0; x < w; x++) {
      const sum =
        (data[upper + 2 * x] ?? 0) +
        (data[upper + 2 * x + 1] ?? 0) +
        (data[lower + 2 * x] ?? 0) +
        (data[lower + 2 * x + 1] ?? 0);
      out[y * w + x] = sum >> 2;
    }
  }
  return viewOf({ data: out, width: w, height: h }, (point) => ({
    x: point.x * 2,
    y: point.y * 2,
  }));
}

/** Twice the size, bilinear: gives small modules the pixels that the detectors ask for. */
export function doubled({ data, width, height }: Frame): View {
  const w = width * 2;
  const h = height * 2;
  const out = new Uint8ClampedArray(w * h);
  for (let y = 0; y < h; y++) {
    const near = y >> 1;
    const far = Math.min(height - 1, Math.max(0, near + (y & 1 ? 1 : -1)));
    for (let x = 0; x < w; x++) {
      const left = x >> 1;
      const right = Math.min(width - 1, Math.max(0, left + (x & 1 ? 1 : -1)));
      out[y * w + x] =
        (9 * (data[near * width + left] ?? 0) +
          3 * (data[near * width + right] ?? 0) +
          3 * (data[far * width + left] ?? 0) +
          (data[far * width + right] ?? 0)) >>
        4;
    }
  }
  return viewOf({ data: out, width: w, height: h }, (point) => ({
    x: point.x / 2,
    y: point.y / 2,
  }));
}

/** Light on dark becomes dark on light. */
export function inverted({ data, width, height }: Frame): View {
  const out = new Uint8ClampedArray(data.length);
  for (let i = 0; i < out.length; i++) out[i] = 255 - (data[i] ?? 0);
  return viewOf({ data: out, width, height }, (point) => point);
}

/** Turned clockwise by some degrees about its middle, so that codes put down askew lie along the rows. */
export function leaning(degrees: number): (frame: Frame) => View {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return ({ data, width, height }) => {
    const w = Math.ceil(Math.abs(width * cos) + Math.abs(height * sin));
    const h = Math.ceil(Math.abs(width * sin) + Math.abs(height * cos));
    const out = new Uint8ClampedArray(w * h);
    const back = (point: Point): Point => {
      const dx = point.x - w / 2;
      const dy = point.y - h / 2;
      return { x: dx * cos + dy * sin + width / 2, y: dy * cos - dx * sin + height / 2 };
    };
    for (let y = 0; y < h; y++) {
      const from = back({ x: 0, y });
      for (let x = 0; x < w; x++) {
        // Beyond the edge the nearest pixel goes on: a black corner would be read as ink.
        const sx = Math.min(width - 1.001, Math.max(0, from.x + x * cos));
        const sy = Math.min(height - 1.001, Math.max(0, from.y - x * sin));
        const left = Math.floor(sx);
        const top = Math.floor(sy);
        const at = top * width + left;
        const fx = sx - left;
        const fy = sy - top;
        const upper = (data[at] ?? 0) * (1 - fx) + (data[at + 1] ?? 0) * fx;
        const lower = (data[at + width] ?? 0) * (1 - fx) + (data[at + width + 1] ?? 0) * fx;
        out[y * w + x] = upper * (1 - fy) + lower * fy;
      }
    }
    return viewOf({ data: out, width: w, height: h }, back);
  };
}

/** Unsharp mask: three times the difference to the mean within four pixels brings out blurred bars. */
export function sharpened(frame: Frame): View {
  const mean = localMean(frame, 4);
  const made = perPixel(frame, (value, at) => value + 3 * (value - (mean[at] ?? 0)));
  mean.fill(0);
  return made;
}

/**
 * Black where darker than its surroundings of ten pixels: reads through shadows with hard edges. What is
 * faint stays white, or grain would be ink.
 */
export function contrasted(frame: Frame): View {
  const mean = localMean(frame, 10);
  const { columns, low, high } = reliefOf(frame);
  const data = new Uint8ClampedArray(frame.data.length).fill(255);
  for (let y = 0, at = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++, at++) {
      const place = (y >> 3) * columns + (x >> 3);
      if ((high[place] ?? 0) - (low[place] ?? 0) <= faint) continue;
      if ((frame.data[at] ?? 0) < (mean[at] ?? 0) - 3) data[at] = 0;
    }
  }
  mean.fill(0);
  return viewOf({ ...frame, data }, (point) => point);
}

function perPixel(frame: Frame, map: (value: number, at: number) => number): View {
  const data = new Uint8ClampedArray(frame.data.length);
  for (let i = 0; i < data.length; i++) data[i] = map(frame.data[i] ?? 0, i);
  return viewOf({ ...frame, data }, (point) => point);
}

/** Mean over a square of `2 × radius + 1` pixels, smaller at the edges. */
export function localMean({ data, width, height }: Frame, radius: number): Float32Array {
  const out = new Float32Array(data.length);
  // Sums down each column over the rows that count; they move down with the row.
  const columns = new Uint32Array(width);
  const add = (y: number, sign: 1 | -1) => {
    if (y < 0 || y >= height) return;
    for (let x = 0; x < width; x++)
      columns[x] = (columns[x] ?? 0) + sign * (data[y * width + x] ?? 0);
  };
  for (let y = -radius; y < height; y++) {
    add(y + radius, 1);
    add(y - radius - 1, -1);
    if (y < 0) continue;
    const rows = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    let sum = 0;
    for (let x = -radius; x < width; x++) {
      if (x + radius < width) sum += columns[x + radius] ?? 0;
      if (x - radius - 1 >= 0) sum -= columns[x - radius - 1] ?? 0;
      if (x < 0) continue;
      const across = Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1;
      out[y * width + x] = sum / (rows * across);
    }
  }
  return out;
}

/** A view of a view. */
export function after(first: View, next: (frame: Frame) => View): View {
  const second = next(first.frame);
  return {
    frame: second.frame,
    back: (point) => first.back(second.back(point)),
    made: [...first.made, ...second.made],
  };
}
