import { alphabet, type Greys, glyphOf } from '@tongban/core/testing/zones';

/** Pixels a cell that lines are drawn with before they are spoilt. */
export const fine = 30;
/** Characters of a line; a cell of paper lies around them. */
export const cells = 12;

type Between = (low: number, high: number) => number;

/** A line of random characters on paper with its shades, its security print and what is stamped over it. */
export function printed(random: () => number): { readonly text: string; readonly print: Greys } {
  const between = (low: number, high: number) => low + (high - low) * random();
  const text = randomText(random);
  const width = (cells + 2) * fine;
  const height = 3 * fine;
  const ink = inkOf(text, width, height, between, random);
  // Thicker or thinner strokes: blurred, then parted at another level.
  const level = between(0.2, 0.75);
  const soft = blurred({ data: ink, width, height }, 2);
  const edge = between(2, 6);
  const paper = between(120, 252);
  const black = paper - between(28, Math.min(220, paper));
  const ground = groundOf(paper, paper - black, width, height, between, random);
  const data = soft.data.map((value, at) => {
    const strength = Math.min(1, Math.max(0, (value - level) * edge + 0.5));
    const under = ground[at] as number;
    return under + (Math.min(black, under) - under) * strength;
  });
  if (random() < 0.25) stampOver(data, width, height, black, between);
  return { text, print: { data, width, height } };
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
  const blank = ' '.repeat(random() < 0.2 ? 1 + Math.floor(random() * 5) : 0);
  if (random() < 0.5) return (blank + text).slice(0, cells);
  return text.slice(0, cells - blank.length) + blank;
}

function inkOf(
  text: string,
  width: number,
  height: number,
  between: Between,
  random: () => number,
): Float32Array {
  const ink = new Float32Array(width * height);
  const ends = random() < 0.5 ? 'round' : 'sharp';
  // Every printer has its own: wider, higher, leaning.
  const [wide, high, lean] = [between(0.86, 1.13), between(0.86, 1.12), between(-0.06, 0.06)];
  for (const [at, character] of [...text].entries()) {
    if (character === ' ') continue;
    const glyph = glyphOf(character, fine, ends);
    const x0 = Math.round((at + 0.5 + between(-0.03, 0.03)) * fine);
    const y0 = Math.round((0.5 + between(-0.02, 0.02)) * fine);
    for (let y = 0; y < glyph.height; y++) {
      const gy = Math.round((y - fine) / high) + fine;
      if (gy < 0 || gy >= glyph.height) continue;
      for (let x = 0; x < glyph.width; x++) {
        const gx = Math.round((x - fine - lean * (y - fine)) / wide) + fine;
        if (gx < 0 || gx >= glyph.width) continue;
        const to = (y0 + y) * width + x0 + x;
        const value = glyph.ink[gy * glyph.width + gx] as number;
        if (value > (ink[to] as number)) ink[to] = value;
      }
    }
  }
  return ink;
}

function groundOf(
  paper: number,
  contrast: number,
  width: number,
  height: number,
  between: Between,
  random: () => number,
): Float32Array {
  const ground = new Float32Array(width * height);
  const slope = { x: between(-40, 40) / width, y: between(-20, 20) / height };
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++)
      ground[at] = paper + (x - width / 2) * slope.x + (y - height / 2) * slope.y;
  const waves = random() < 0.65 ? Math.floor(between(1, 7)) : 0;
  for (let wave = 0; wave < waves; wave++) {
    const [lean, size, length] = [between(-0.4, 0.4), between(2, 14), between(20, 160)];
    const [phase, gap, thick] = [between(0, 6.28), between(9, 60), between(0.8, 2.5)];
    const depth = between(4, contrast * 0.4);
    for (let x = 0; x < width; x++) {
      const bend = lean * x + size * Math.sin((x / length) * 6.28 + phase);
      const first = Math.ceil((-thick - bend) / gap) * gap + bend;
      for (let line = first + 0; line < height + thick; line += gap)
        for (let y = Math.ceil(line - thick); y < line + thick; y++)
          if (y >= 0 && y < height)
            ground[y * width + x] = (ground[y * width + x] as number) - depth;
    }
  }
  return ground;
}

/** A stroke of a large word across the line, half transparent. */
function stampOver(
  data: Float32Array,
  width: number,
  height: number,
  black: number,
  between: Between,
): void {
  const strokes = Math.floor(between(1, 5));
  for (let stroke = 0; stroke < strokes; stroke++) {
    const [x0, y0, angle] = [between(0, width), between(0, height), between(-1.6, 1.6)];
    const [nx, ny, thick] = [-Math.sin(angle), Math.cos(angle), between(2, 22)];
    const [grey, strength] = [between(black, black + 110), between(0.2, 0.7)];
    for (let y = 0, at = 0; y < height; y++)
      for (let x = 0; x < width; x++, at++) {
        if (Math.abs((x - x0) * nx + (y - y0) * ny) > thick) continue;
        const under = data[at] as number;
        data[at] = under + (Math.min(grey, under) - under) * strength;
      }
  }
}

/** Mean over a square of `2 × radius + 1` pixels; over a row only where `flat`. */
export function blurred(picture: Greys, radius: number, flat = false): Greys {
  if (radius < 1) return picture;
  const { data, width, height } = picture;
  const across = boxed(data, width, height, 1, width, radius);
  if (flat) return { ...picture, data: across };
  return { ...picture, data: boxed(across, height, width, width, 1, radius) };
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
  const end = (length - 1) * step;
  const share = 1 / (2 * radius + 1);
  for (let line = 0; line < count; line++) {
    const from = line * next;
    const last = from + end;
    let sum = (radius + 1) * (data[from] as number);
    for (let i = 1; i <= radius; i++) sum += data[Math.min(last, from + i * step)] as number;
    for (let i = 0, at = from; i < length; i++, at += step) {
      out[at] = sum * share;
      sum +=
        (data[Math.min(last, at + (radius + 1) * step)] as number) -
        (data[Math.max(from, at - radius * step)] as number);
    }
  }
  return out;
}
