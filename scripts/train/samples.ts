import {
  alphabet,
  closer,
  type Greys,
  nothing,
  seeded,
  sharpen,
  smallest,
  takeWindow,
  throughJpeg,
} from '@tongban/core/testing/zones';
import { blurred, cells, fine, printed } from './print.ts';

/** One window that a network learns from, and what it shows. */
export interface Sample {
  readonly input: Float32Array;
  readonly label: number;
}

/**
 * Where a network looks: `quick` anywhere along a line, and it must know the gap between two characters; `careful` only
 * where a character stands.
 */
export interface Looks {
  /** Furthest from a character's middle, in cells, that it still counts as the character. */
  readonly aside: number;
  readonly above: number;
  /** Part of the looks that are between two characters. */
  readonly gaps: number;
}

export const looks = {
  quick: { aside: 0.17, above: 0.13, gaps: 0.12 },
  careful: { aside: 0.12, above: 0.12, gaps: 0.05 },
} as const;

type Between = (low: number, high: number) => number;

/** Photographs of a printed line: printing takes longer. */
const photographs = 3;

/** Windows from one line of random characters, printed once and photographed badly several times. */
export function samplesOfLine(random: () => number, { aside, above, gaps }: Looks): Sample[] {
  const between = (low: number, high: number) => low + (high - low) * random();
  const { text, print } = printed(random);
  const samples: Sample[] = [];
  for (let k = 0; k < photographs; k++) {
    // Pixels a cell in the photograph: most of them few, for those are the hard ones.
    const share = random();
    const pitch =
      share < 0.6 ? between(4.3, 7.5) : share < 0.8 ? between(7.5, 11) : between(11, 22);
    const angle = between(-0.035, 0.035);
    const photo = photographed(print, pitch, angle, between, random);
    const scale = photo.scale / fine;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const look = (u: number, v: number, label: number) => {
      const [x, y] = [(u + 1) * fine - print.width / 2, v * fine - print.height / 2];
      const middle = {
        x: (x * cos - y * sin) * scale + photo.middle.x,
        y: (x * sin + y * cos) * scale + photo.middle.y,
      };
      const across = photo.scale * between(0.94, 1.06);
      const down = photo.scale * between(0.92, 1.08);
      const lean = between(-0.05, 0.05);
      const tilt = lean + between(-0.05, 0.05);
      const input = new Float32Array(22 * 22);
      takeWindow(
        photo.frame,
        middle,
        { x: across * Math.cos(lean), y: across * Math.sin(lean) },
        { x: -down * Math.sin(tilt), y: down * Math.cos(tilt) },
        input,
      );
      samples.push({ input, label });
    };
    for (let i = 1; i < cells - 1; i++)
      if (random() < gaps)
        look(
          i + 0.5 + between(0.36, 0.64) * (random() < 0.5 ? -1 : 1),
          1.5 + between(-0.1, 0.1),
          nothing,
        );
      else
        look(
          i + 0.5 + between(-aside, aside),
          1.5 + between(-above, above),
          labelOf(text.charAt(i)),
        );
    // Paper above and below a line.
    if (random() < 3 * gaps)
      look(between(2, cells - 1), random() < 0.5 ? between(-0.1, 0.5) : between(2.5, 3.1), nothing);
  }
  return samples;
}

/** A blank before or behind a line is no character. */
function labelOf(character: string): number {
  return character === ' ' ? nothing : alphabet.indexOf(character);
}

/** `middle` is where the middle of the print lies in the frame, `scale` are the frame's pixels a cell. */
function photographed(
  print: Greys,
  pitch: number,
  angle: number,
  between: Between,
  random: () => number,
) {
  const scale = pitch / fine;
  const radius = Math.max(0, ((0.5 / scale) * between(0.35, 1.6) - 0.5) / 1.4);
  let soft = blurred(blurred(print, Math.round(radius)), Math.round(radius * between(0.4, 1.2)));
  if (random() < 0.15) soft = blurred(soft, Math.round(between(1, 4)), true);
  // Blocks of JPEG lie anyhow over the line.
  const [padX, padY] = [Math.floor(between(0, 8)), Math.floor(between(0, 8))];
  const width = Math.round(print.width * scale) + padX;
  const height = Math.round(print.height * scale) + padY;
  const middle = {
    x: (print.width * scale) / 2 + padX - 0.5,
    y: (print.height * scale) / 2 + padY - 0.5,
  };
  const data = new Float32Array(width * height);
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const noise = random() < 0.7 ? between(0, 6) : between(0, 16);
  const grain = seeded(Math.floor(random() * 2 ** 31));
  const d = soft.data;
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const [dx, dy] = [x - middle.x, y - middle.y];
      const sx = within(dx * cos + dy * sin + print.width / 2 - 0.5, print.width);
      const sy = within(dy * cos - dx * sin + print.height / 2 - 0.5, print.height);
      const left = Math.floor(sx);
      const top = Math.floor(sy);
      const [fx, fy] = [sx - left, sy - top];
      const p = top * print.width + left;
      const value =
        ((d[p] as number) * (1 - fx) + (d[p + 1] as number) * fx) * (1 - fy) +
        ((d[p + print.width] as number) * (1 - fx) + (d[p + print.width + 1] as number) * fx) * fy;
      data[at] = value + noise * (grain() + grain() + grain() - 1.5) * 1.15;
    }
  const photo = { data, width, height };
  if (random() < 0.35) sharpen(photo, between(0.2, 1.2));
  if (random() < 0.75) throughJpeg(photo, between(28, 92));
  const frame = { ...photo, data: Uint8ClampedArray.from(data) };
  if (pitch >= smallest) return { frame, middle, scale: pitch };
  const whole = [
    { x: 0, y: 0 },
    { x: width, y: height },
  ];
  return {
    frame: closer(frame, whole, 0).frame,
    middle: { x: 2 * middle.x + 0.5, y: 2 * middle.y + 0.5 },
    scale: 2 * pitch,
  };
}

function within(value: number, size: number): number {
  return Math.min(size - 1.01, Math.max(0, value));
}
