import type { Frame } from '../frame.ts';
import { generator } from './random.ts';

/** What a hand and a hall do to a picture that is held before a camera. */
export interface Hand {
  /** Pixels that it moves to and fro. */
  readonly shake?: number;
  /** Degrees that it turns to and fro. */
  readonly turn?: number;
  /** Pixels over which movement smears every other frame. */
  readonly smear?: number;
  /** Radius in pixels of what is out of focus until the camera has found it, a third of the frames. */
  readonly blur?: number;
  /** Levels of grey of a lamp's reflection that wanders over it. */
  readonly glare?: number;
  /** Range of grey levels of the camera's grain. */
  readonly noise?: number;
}

/** `picture` in the middle of a grey one of the camera's size, so that a hand may move it. */
export function heldBefore(
  picture: Frame,
  size: { readonly width: number; readonly height: number },
  grey = 110,
): Frame {
  const data = new Uint8ClampedArray(size.width * size.height).fill(grey);
  const [left, top] = [(size.width - picture.width) >> 1, (size.height - picture.height) >> 1];
  if (left < 0 || top < 0) throw new Error('The picture is larger than the camera’s.');
  for (let y = 0; y < picture.height; y++)
    data.set(
      picture.data.subarray(y * picture.width, (y + 1) * picture.width),
      (top + y) * size.width + left,
    );
  return { data, ...size };
}

/** So many frames of a film in which a hand holds `scene`; always the same for the same `seed`. */
export function handHeld(scene: Frame, count: number, hand: Hand, seed: number): readonly Frame[] {
  return Array.from({ length: count }, (_, index) => frameOf(scene, index, hand, seed));
}

function frameOf(scene: Frame, index: number, hand: Hand, seed: number): Frame {
  const { shake = 0, turn = 0, smear = 0, blur = 0, glare = 0, noise = 0 } = hand;
  const { width, height } = scene;
  const random = generator(seed * 613 + index);
  const beat = index * 1.7 + seed;
  const angle = (turn * Math.sin(beat) * Math.PI) / 180;
  const [dx, dy] = [shake * Math.sin(1.3 * beat), shake * Math.cos(0.9 * beat)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const smears = index % 2 === 1 ? Math.round(smear) : 0;
  const focus = index % 3 === 0 ? blur : 0;
  const [gx, gy] = [
    width * (0.5 + 0.25 * Math.sin(beat / 3)),
    height * (0.5 + 0.2 * Math.cos(beat)),
  ];
  const source = focus > 0 ? blurred(scene, focus) : scene;
  const data = new Uint8ClampedArray(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const [u, v] = [x - width / 2 - dx, y - height / 2 - dy];
      const sx = u * cos + v * sin + width / 2;
      const sy = v * cos - u * sin + height / 2;
      let sum = 0;
      for (let k = 0; k <= smears; k++) sum += sampled(source, sx + k - smears / 2, sy);
      const lit = glare * Math.exp(-(((x - gx) / 70) ** 2) - ((y - gy) / 70) ** 2);
      data[at] = sum / (smears + 1) + lit + (random() - 0.5) * noise;
    }
  }
  return { data, width, height };
}

function sampled({ data, width, height }: Frame, x: number, y: number): number {
  const sx = Math.min(width - 1.001, Math.max(0, x));
  const sy = Math.min(height - 1.001, Math.max(0, y));
  const [left, top] = [Math.floor(sx), Math.floor(sy)];
  const [fx, fy] = [sx - left, sy - top];
  const at = top * width + left;
  const upper = (data[at] ?? 0) * (1 - fx) + (data[at + 1] ?? 0) * fx;
  const lower = (data[at + width] ?? 0) * (1 - fx) + (data[at + width + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Mean over a square, along rows and then along columns. */
function blurred(frame: Frame, radius: number): Frame {
  const { width, height } = frame;
  const along = (
    from: Frame['data'],
    step: number,
    lines: number,
    length: number,
    next: number,
  ) => {
    const out = new Uint8ClampedArray(from.length);
    for (let line = 0; line < lines; line++) {
      const at = (i: number) =>
        from[line * next + Math.min(length - 1, Math.max(0, i)) * step] ?? 0;
      let sum = 0;
      for (let i = -radius; i <= radius; i++) sum += at(i);
      for (let i = 0; i < length; i++) {
        out[line * next + i * step] = sum / (2 * radius + 1);
        sum += at(i + radius + 1) - at(i - radius);
      }
    }
    return out;
  };
  const rows = along(frame.data, 1, height, width, width);
  return { width, height, data: along(rows, width, width, height, 1) };
}
