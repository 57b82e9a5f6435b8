import { alphabet, glyphOf, nothing, takeWindow } from '@tongban/core/testing/zones';

/** One window that the network learns from, and what it shows. */
export interface Sample {
  readonly input: Float32Array;
  readonly label: number;
}

/** Pixels a cell that lines are drawn with before they are spoilt. */
const fine = 30;
const cells = 12;

interface Picture {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Windows from one line of random characters, printed and photographed badly. */
export function samplesOfLine(random: () => number): Sample[] {
  const between = (low: number, high: number) => low + (high - low) * random();
  const text = randomText(random);
  const printed = print(text, between, random);
  // Pixels a cell in the photograph: most of them few, for those are the hard ones.
  const pitch = random() < 0.55 ? between(4.7, 8) : between(8, 22);
  const angle = between(-0.035, 0.035);
  const photo = photographed(printed, pitch, angle, between, random);
  const frame = { ...photo, data: Uint8ClampedArray.from(photo.data) };
  const samples: Sample[] = [];
  const scale = pitch / fine;
  for (let i = 1; i < cells - 1; i++) {
    const off = random() < 0.12;
    const dx = off ? between(0.36, 0.64) * (random() < 0.5 ? -1 : 1) : between(-0.17, 0.17);
    const dy = off ? between(-0.1, 0.1) : between(-0.13, 0.13);
    const x = (i + 1.5 + dx) * fine;
    const y = (1.5 + dy) * fine;
    const middle = onPhoto(x, y, printed, photo, scale, angle);
    const across = pitch * between(0.92, 1.08);
    const down = pitch * between(0.9, 1.1);
    const lean = between(-0.05, 0.05);
    const tilt = lean + between(-0.05, 0.05);
    const input = new Float32Array(22 * 22);
    takeWindow(
      frame,
      middle,
      { x: across * Math.cos(lean), y: across * Math.sin(lean) },
      { x: -down * Math.sin(tilt), y: down * Math.cos(tilt) },
      input,
    );
    samples.push({ input, label: off ? nothing : labelOf(text[i]) });
  }
  // Paper above and below a line.
  if (random() < 0.4) {
    const input = new Float32Array(22 * 22);
    const y = random() < 0.5 ? between(-0.1, 0.5) : between(2.5, 3.1);
    const middle = onPhoto(between(3, cells) * fine, y * fine, printed, photo, scale, angle);
    takeWindow(frame, middle, { x: pitch, y: 0 }, { x: 0, y: pitch }, input);
    samples.push({ input, label: nothing });
  }
  return samples;
}

/** A blank before or behind a line is no character. */
function labelOf(character = ' '): number {
  return character === ' ' ? nothing : alphabet.indexOf(character);
}

function randomText(random: () => number): string {
  const kind = random();
  const pool =
    kind < 0.45 ? alphabet : kind < 0.65 ? alphabet.slice(26) : `${alphabet.slice(0, 26)}<<`;
  let text = '';
  while (text.length < cells)
    text +=
      random() < 0.05
        ? '<'.repeat(1 + Math.floor(random() * 4))
        : pool[Math.floor(random() * pool.length)];
  // The beginning or the end of a line.
  const blank = ' '.repeat(random() < 0.25 ? 1 + Math.floor(random() * 5) : 0);
  if (random() < 0.5) return (blank + text).slice(0, cells);
  return text.slice(0, cells - blank.length) + blank;
}

type Between = (low: number, high: number) => number;

function print(text: string, between: Between, random: () => number): Picture {
  const width = (cells + 2) * fine;
  const height = 3 * fine;
  const ink = new Float32Array(width * height);
  const ends = random() < 0.5 ? 'round' : 'sharp';
  // Every printer has its own: wider, higher, leaning.
  const [wide, high, lean] = [between(0.88, 1.12), between(0.92, 1.08), between(-0.06, 0.06)];
  for (const [at, character] of [...text].entries()) {
    if (character === ' ') continue;
    const glyph = glyphOf(character, fine, ends);
    const x0 = Math.round((at + 0.5 + between(-0.03, 0.03)) * fine);
    const y0 = Math.round((0.5 + between(-0.02, 0.02)) * fine);
    for (let y = 0; y < glyph.height; y++)
      for (let x = 0; x < glyph.width; x++) {
        const gy = Math.round((y - fine) / high) + fine;
        const gx = Math.round((x - fine - lean * (y - fine)) / wide) + fine;
        if (gx < 0 || gy < 0 || gx >= glyph.width || gy >= glyph.height) continue;
        const to = (y0 + y) * width + x0 + x;
        ink[to] = Math.max(ink[to] ?? 0, glyph.ink[gy * glyph.width + gx] ?? 0);
      }
  }
  // Thicker or thinner strokes: blurred, then parted at another level.
  const level = between(0.22, 0.75);
  const soft = blurred({ data: ink, width, height }, 2);
  const edge = between(2, 6);
  const paper = between(140, 250);
  const black = paper - between(28, Math.min(220, paper));
  const slope = { x: between(-40, 40) / width, y: between(-20, 20) / height };
  const data = soft.data.map((value) => Math.min(1, Math.max(0, (value - level) * edge + 0.5)));
  const waves = random() < 0.6 ? Math.floor(between(1, 7)) : 0;
  const lines = Array.from({ length: waves }, () => ({
    a: between(-0.3, 0.3),
    height: between(2, 14),
    length: between(20, 160),
    phase: between(0, 6.28),
    gap: between(10, 60),
    thick: between(0.8, 2.5),
    depth: between(4, (paper - black) * 0.35),
  }));
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      let ground = paper + (x - width / 2) * slope.x + (y - height / 2) * slope.y;
      for (const wave of lines) {
        const h = y + wave.a * x + wave.height * Math.sin((x / wave.length) * 6.28 + wave.phase);
        const near = Math.abs((((h % wave.gap) + wave.gap) % wave.gap) - wave.gap / 2);
        if (near < wave.thick) ground -= wave.depth;
      }
      data[at] = ground + (Math.min(black, ground) - ground) * (data[at] ?? 0);
    }
  return { data, width, height };
}

/** Where a place of the print lies in the photograph. */
function onPhoto(
  x: number,
  y: number,
  print: Picture,
  photo: Picture,
  scale: number,
  angle: number,
) {
  const [dx, dy] = [x - print.width / 2, y - print.height / 2];
  return {
    x: (dx * Math.cos(angle) - dy * Math.sin(angle)) * scale + photo.width / 2 - 0.5,
    y: (dx * Math.sin(angle) + dy * Math.cos(angle)) * scale + photo.height / 2 - 0.5,
  };
}

function photographed(
  print: Picture,
  pitch: number,
  angle: number,
  between: Between,
  random: () => number,
): Picture {
  const scale = pitch / fine;
  const radius = Math.max(0, ((0.5 / scale) * between(0.5, 1.5) - 0.5) / 1.4);
  let soft = blurred(blurred(print, Math.round(radius)), Math.round(radius * between(0.4, 1.2)));
  if (random() < 0.15) soft = blurred(soft, Math.round(between(1, 4)), true);
  const width = Math.round(print.width * scale);
  const height = Math.round(print.height * scale);
  const data = new Float32Array(width * height);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const noise = random() < 0.7 ? between(0, 9) : between(0, 18);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const dx = (x + 0.5 - width / 2) / scale;
      const dy = (y + 0.5 - height / 2) / scale;
      const sx = Math.min(
        print.width - 1.01,
        Math.max(0, dx * cos + dy * sin + print.width / 2 - 0.5),
      );
      const sy = Math.min(
        print.height - 1.01,
        Math.max(0, dy * cos - dx * sin + print.height / 2 - 0.5),
      );
      const left = Math.floor(sx);
      const top = Math.floor(sy);
      const [fx, fy] = [sx - left, sy - top];
      const p = top * print.width + left;
      const d = soft.data;
      const value =
        ((d[p] ?? 0) * (1 - fx) + (d[p + 1] ?? 0) * fx) * (1 - fy) +
        ((d[p + print.width] ?? 0) * (1 - fx) + (d[p + print.width + 1] ?? 0) * fx) * fy;
      data[at] = value + noise * (random() + random() + random() - 1.5) * 1.15;
    }
  const photo = { data, width, height };
  if (random() < 0.25) sharpen(photo, between(0.3, 1.2));
  if (random() < 0.45) quantise(photo, between(4, 30));
  return photo;
}

/** Mean over a square of `2 × radius + 1` pixels; over a row only where `flat`. */
function blurred(picture: Picture, radius: number, flat = false): Picture {
  if (radius < 1) return picture;
  const across = boxed(picture.data, picture.width, picture.height, 1, picture.width, radius);
  if (flat) return { ...picture, data: across };
  return {
    ...picture,
    data: boxed(across, picture.height, picture.width, picture.width, 1, radius),
  };
}

function boxed(
  data: Float32Array,
  length: number,
  count: number,
  step: number,
  next: number,
  radius: number,
): Float32Array {
  const out = new Float32Array(data.length);
  for (let line = 0; line < count; line++) {
    const from = line * next;
    const at = (i: number) => data[from + Math.min(length - 1, Math.max(0, i)) * step] ?? 0;
    let sum = 0;
    for (let i = -radius; i <= radius; i++) sum += at(i);
    for (let i = 0; i < length; i++) {
      out[from + i * step] = sum / (2 * radius + 1);
      sum += at(i + radius + 1) - at(i - radius);
    }
  }
  return out;
}

function sharpen(photo: Picture, strength: number): void {
  const mean = blurred(photo, 1).data;
  for (let i = 0; i < photo.data.length; i++)
    photo.data[i] = (photo.data[i] ?? 0) + strength * ((photo.data[i] ?? 0) - (mean[i] ?? 0));
}

const cosines = Array.from({ length: 64 }, (_, i) => {
  const [k, n] = [i >> 3, i & 7];
  return Math.cos(((2 * n + 1) * k * Math.PI) / 16) * (k === 0 ? Math.SQRT1_2 : 1) * 0.5;
});

/** What JPEG does to blocks of 8 × 8: the finer the wave, the coarser its step. */
function quantise({ data, width, height }: Picture, step: number): void {
  const block = new Float64Array(64);
  const half = new Float64Array(64);
  for (let top = 0; top + 8 <= height; top += 8)
    for (let left = 0; left + 8 <= width; left += 8) {
      for (let i = 0; i < 64; i++) block[i] = data[(top + (i >> 3)) * width + left + (i & 7)] ?? 0;
      transform(block, half, false);
      for (let i = 0; i < 64; i++) {
        const q = step * (1 + 0.35 * ((i >> 3) + (i & 7)));
        block[i] = Math.round((block[i] ?? 0) / q) * q;
      }
      transform(block, half, true);
      for (let i = 0; i < 64; i++) data[(top + (i >> 3)) * width + left + (i & 7)] = block[i] ?? 0;
    }
}

function transform(block: Float64Array, half: Float64Array, back: boolean): void {
  const c = (k: number, n: number) => cosines[back ? n * 8 + k : k * 8 + n] ?? 0;
  for (let r = 0; r < 8; r++)
    for (let k = 0; k < 8; k++) {
      let sum = 0;
      for (let n = 0; n < 8; n++) sum += c(k, n) * (block[r * 8 + n] ?? 0);
      half[r * 8 + k] = sum;
    }
  for (let r = 0; r < 8; r++)
    for (let k = 0; k < 8; k++) {
      let sum = 0;
      for (let n = 0; n < 8; n++) sum += c(k, n) * (half[n * 8 + r] ?? 0);
      block[k * 8 + r] = sum;
    }
}
