import type { Frame } from '../frame.ts';
import { type Greys, throughJpeg } from './jpegDamage.ts';
import { type Ends, glyphOf } from './ocrb.ts';
import { seeded } from './seeded.ts';
import type { MadeZone } from './zoneLines.ts';

/** What of a document a picture shows. */
export type Cut = 'document' | 'spread' | 'lower half' | 'zone';

/** A made-up document as pictures of specimens lie on web pages: small, compressed, printed over. */
export interface Thumbnail {
  /** Pixels from the left edge of the picture to its right. */
  readonly width: number;
  readonly cut: Cut;
  /** Degrees. */
  readonly turn: number;
}

/** Pixels of a drawn character; a character is 2.54 mm wide. */
const pitch = 20;
const millimetre = pitch / 2.54;

/** Widths of document and zone in millimetres (ISO/IEC 7810, ICAO 9303-3). */
function sizeOf(lines: readonly string[]): readonly [number, number] {
  if (lines.length === 3) return [85.6, 54];
  return lines[0]?.length === 44 ? [125, 88] : [105, 74];
}

/** The same seed makes the same picture. */
export function thumbnailOf({ lines, fields }: MadeZone, how: Thumbnail, seed: number): Frame {
  const random = seeded(seed);
  const between = (low: number, high: number) => low + (high - low) * random();
  const [across, down] = sizeOf(lines);
  const width = Math.round(across * millimetre);
  // A passport lies open: the page above has print as well.
  const upper = how.cut === 'spread' ? Math.round(down * millimetre) : 0;
  const height = upper + Math.round(down * millimetre);
  const paper = ground(width, height, between, random);
  const ends = random() < 0.5 ? 'round' : 'sharp';
  const black = between(15, 75);

  for (let y = 8 * millimetre; y < upper - 8 * millimetre; y += between(4, 9) * millimetre) {
    const text = lines.join('').replaceAll('<', ' ').slice(0, between(10, 40));
    print(paper, text, between(0.05, 0.3) * width, y, 14, ends, 1, black, 0.9);
  }
  const top = (lines.length === 3 ? 6 : 18) + upper / millimetre;
  if (random() < 0.85) portrait(paper, 5 * millimetre, top * millimetre, between);
  const rows = ['REPUBLIC', ...Object.values(fields), ...Object.values(fields)];
  for (const [row, value] of rows.entries()) {
    const y = (top - 2 + row * (lines.length === 3 ? 3.1 : 4.6)) * millimetre;
    if (y > height - 26 * millimetre) break;
    const text = value.replace(/[^A-Z0-9]/g, ' ').slice(0, 26);
    print(paper, text, 0.36 * width, y, row % 2 === 0 ? 11 : 15, ends, 1, black, 0.9);
  }
  const strokes = between(0.7, 1.5);
  const leading = (lines.length === 3 ? 5.9 : 6.35) * between(0.93, 1.06) * millimetre;
  const last = height - between(5.5, 8.5) * millimetre;
  const left = (width - (lines[0]?.length ?? 0) * pitch) / 2 + between(-1, 1) * millimetre;
  const first = last - (lines.length - 1) * leading;
  // Some have a lighter strip under the zone.
  if (random() < 0.3) lighten(paper, first - 4 * millimetre, between(0.3, 0.8));
  const high = between(0.94, 1.06);
  for (const [row, line] of lines.entries())
    print(paper, line, left, first + row * leading, pitch, ends, strokes, black, high);
  if (random() < 0.6) overprint(paper, between, random);

  const edge = between(0.2, 3.5) * millimetre;
  const cuts = {
    document: [0, 0, width, height],
    spread: [0, 0, width, height],
    'lower half': [0, height / 2, width, height],
    zone: [
      left - edge,
      first - 1.8 * millimetre - edge,
      left + (lines[0]?.length ?? 0) * pitch + edge,
      last + 1.8 * millimetre + edge,
    ],
  } as const;
  return photographed(paper, cuts[how.cut], how, between, random);
}

type Between = (low: number, high: number) => number;

/** Paper with its shades and its fine waves. */
function ground(width: number, height: number, between: Between, random: () => number): Greys {
  const data = new Float32Array(width * height);
  const paper = random() < 0.2 ? between(135, 175) : between(175, 248);
  const slope = [between(-35, 35) / width, between(-25, 25) / height] as const;
  const dark = [between(0, width), between(0, height), between(0.2, 0.6) * width] as const;
  const shade = random() < 0.4 ? between(10, 45) : 0;
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      const far = Math.hypot(x - dark[0], y - dark[1]) / dark[2];
      data[at] = paper + slope[0] * x + slope[1] * y - shade * Math.exp(-far * far);
    }
  const waves = Math.floor(between(0, 7));
  for (let wave = 0; wave < waves; wave++) {
    const [size, length, phase] = [between(5, 50), between(40, 300), between(0, 6.28)];
    const [gap, lean, depth] = [between(7, 26), between(-0.4, 0.4), between(5, 45)];
    const thick = between(0.7, 1.6);
    for (let x = 0; x < width; x++) {
      const bend = size * Math.sin(x / length + phase) + lean * x;
      for (let y = 0; y < height; y++) {
        const h = (((y + bend) % gap) + gap) % gap;
        if (h < thick) data[y * width + x] = (data[y * width + x] as number) - depth;
      }
    }
  }
  return { data, width, height };
}

function portrait(page: Greys, x0: number, y0: number, between: Between): void {
  const [w, h] = [0.26 * page.width, 0.27 * page.width];
  const [face, back] = [between(90, 180), between(140, 230)];
  for (let y = Math.round(y0); y < y0 + h; y++)
    for (let x = Math.round(x0); x < x0 + w; x++) {
      const head = Math.hypot((x - x0 - w / 2) / (w * 0.3), (y - y0 - h * 0.45) / (h * 0.32));
      page.data[y * page.width + x] = head < 1 ? face - 60 * head * head : back;
    }
}

function lighten({ data, width }: Greys, from: number, part: number): void {
  for (let i = Math.max(0, Math.round(from)) * width; i < data.length; i++)
    data[i] = (data[i] as number) + (245 - (data[i] as number)) * part;
}

/** A line whose first cell begins at `x`, its middle at the height `y`; `strokes` above 1 is bold. */
function print(
  page: Greys,
  text: string,
  x: number,
  y: number,
  size: number,
  ends: Ends,
  strokes: number,
  grey: number,
  high: number,
): void {
  for (const [i, character] of [...text].entries()) {
    if (character === ' ') continue;
    const glyph = glyphOf(character, size, ends);
    const at = (gx: number, gy: number) =>
      gx < 0 || gy < 0 || gx >= glyph.width || gy >= glyph.height
        ? 0
        : (glyph.ink[gy * glyph.width + gx] as number);
    const left = Math.round(x + i * size - size / 2);
    const top = Math.round(y - size * high);
    for (let py = 0; py < glyph.height * high; py++)
      for (let gx = 0; gx < glyph.width; gx++) {
        const gy = Math.round(py / high);
        const around =
          (at(gx - 1, gy) + at(gx + 1, gy) + at(gx, gy - 1) + at(gx, gy + 1)) / 4 - at(gx, gy);
        const ink = Math.min(1, Math.max(0, at(gx, gy) * strokes + around * (strokes - 0.6)));
        const [px, row] = [left + gx, top + py];
        if (ink === 0 || px < 0 || row < 0 || px >= page.width || row >= page.height) continue;
        const to = row * page.width + px;
        const under = page.data[to] as number;
        page.data[to] = under + (Math.min(grey, under) - under) * ink;
      }
  }
}

/** SPECIMEN across the page, half transparent. */
function overprint(page: Greys, between: Between, random: () => number): void {
  const word = random() < 0.7 ? 'SPECIMEN' : 'MUSTER';
  const size = Math.round(between(0.05, 0.1) * page.width);
  const [cos, sin] = random() < 0.5 ? [1, 0] : [Math.cos(0.5), -Math.sin(0.5)];
  const grey = between(90, 170);
  const strength = between(0.25, 0.7);
  const [mx, my] = [page.width / 2, page.height * between(0.3, 0.85)];
  const glyphs = [...word].map((character) => glyphOf(character, size, 'sharp'));
  for (let y = 0; y < page.height; y++)
    for (let x = 0; x < page.width; x++) {
      const u = (x - mx) * cos + (y - my) * sin + (word.length * size) / 2;
      const v = -(x - mx) * sin + (y - my) * cos + size;
      const glyph = glyphs[Math.floor(u / size)];
      const [gx, gy] = [Math.round((u % size) + size / 2), Math.round(v)];
      if (glyph === undefined || u < 0 || gy < 0 || gy >= glyph.height) continue;
      const ink = glyph.ink[gy * glyph.width + gx] ?? 0;
      const under = page.data[y * page.width + x] as number;
      page.data[y * page.width + x] = under + (Math.min(grey, under) - under) * ink * strength;
    }
}

/** Cut, turned, reduced by the means of areas, sharpened or not, grained and compressed. */
function photographed(
  page: Greys,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  { width, turn, cut }: Thumbnail,
  between: Between,
  random: () => number,
): Frame {
  // A document on a table has some of it around; a scan or a cut ends where it ends.
  const room = cut === 'zone' || random() < 0.6 ? 1 : between(1.02, 1.12);
  const scale = ((x1 - x0) * room) / width;
  // Pages on the web are not always kept in proportion.
  const stretch = random() < 0.2 ? between(0.86, 1.16) : 1;
  const height = Math.round((((y1 - y0) * room) / scale) * stretch);
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  const keystone = random() < 0.3 ? between(-0.05, 0.05) : 0;
  const table = between(40, 250);
  const blur = random();
  const soft = blur < 0.5 ? between(0.7, 1.1) : blur < 0.8 ? between(1.1, 1.7) : between(1.7, 2.3);
  // Paper that does not lie flat.
  const bend = random() < 0.25 ? between(-0.012, 0.012) * width : 0;
  const shine = {
    x: between(0, width),
    y: between(0.5, 1) * height,
    size: between(0.06, 0.2) * width,
  };
  const glare = random() < 0.15 ? between(0.3, 0.75) : 0;
  const out: Greys = { data: new Float32Array(width * height), width, height };
  const fine = Math.max(2, Math.ceil(scale));
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      let sum = 0;
      for (let k = 0; k < fine * fine; k++) {
        const du = x + 0.5 + (((k % fine) + 0.5) / fine - 0.5) * soft - width / 2;
        const lift = bend * (1 - (2 * du) / width) * (1 + (2 * du) / width);
        const row = (Math.floor(k / fine) + 0.5) / fine - 0.5;
        const dv = (y + 0.5 + row * soft - height / 2 + lift) / stretch;
        const far = 1 + (keystone * dv) / height;
        const px = Math.round((x0 + x1) / 2 + (du * cos + dv * sin) * scale * far);
        const py = Math.round((y0 + y1) / 2 + (dv * cos - du * sin) * scale * far);
        const inside = px >= 0 && py >= 0 && px < page.width && py < page.height;
        sum += inside ? (page.data[py * page.width + px] as number) : table;
      }
      const far = Math.hypot(x - shine.x, y - shine.y) / shine.size;
      const value = sum / (fine * fine);
      out.data[at] = value + (255 - value) * glare * Math.exp(-far * far);
    }
  if (random() < 0.5) sharpen(out, between(0.2, 0.9));
  const noise = between(0, 5);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = (out.data[i] as number) + noise * (random() + random() + random() - 1.5);
  if (random() < 0.3) throughJpeg(out, between(50, 90));
  throughJpeg(out, between(36, 88));
  return { data: Uint8ClampedArray.from(out.data), width, height };
}

/** The difference from the mean of the eight around it, added. */
export function sharpen({ data, width, height }: Greys, strength: number): void {
  const old = data.slice();
  for (let y = 1; y + 1 < height; y++)
    for (let x = 1; x + 1 < width; x++) {
      let sum = 0;
      for (let k = 0; k < 9; k++)
        sum += old[(y + Math.floor(k / 3) - 1) * width + x + (k % 3) - 1] as number;
      const at = y * width + x;
      data[at] = (old[at] as number) + strength * ((old[at] as number) - sum / 9);
    }
}
