import { PerspectiveTransform } from '@zxing/library';
import type { Frame, Point } from '../frame.ts';
import { type Ends, glyphOf } from './ocrb.ts';
import { seeded } from './seeded.ts';
import type { MadeZone } from './zoneLines.ts';

/** How a page was photographed. */
export interface Photograph {
  /** Pixels of the page's width. */
  readonly width: number;
  /** Degrees. */
  readonly turn?: number;
  /** 0 to 1: how little darker than the paper the print is. */
  readonly faint?: number;
  /** Levels of grey, standard deviation. */
  readonly noise?: number;
  /** Part of a character's width that is smeared. */
  readonly blur?: number;
  readonly glare?: boolean;
  /** Part of the width by which the far edge is shorter. */
  readonly perspective?: number;
  /** -1 thin to 1 bold. */
  readonly weight?: number;
}

interface Page {
  readonly ink: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly ends: Ends;
}

/** Pixels of a drawn character; a character is 2.54 mm wide. */
const pitch = 26;
const millimetre = pitch / 2.54;

/** A page with a made-up holder's zone, as a camera sees it; the same seed makes the same picture. */
export function drawnZone(zone: MadeZone, photograph: Photograph, seed: number): Frame {
  const random = seeded(seed);
  const page = drawnPage(zone, random, photograph.weight ?? 0);
  return photographed(page, photograph, random);
}

/** Sizes of pages in millimetres (ISO/IEC 7810). */
function sizeOf({ lines }: MadeZone): readonly [number, number] {
  if (lines.length === 3) return [85.6, 54];
  return lines[0]?.length === 44 ? [125, 88] : [105, 74];
}

function drawnPage({ lines, ...zone }: MadeZone, random: () => number, weight: number): Page {
  const [across, down] = sizeOf({ lines, ...zone });
  const width = Math.round(across * millimetre);
  const height = Math.round(down * millimetre);
  const ink = new Float32Array(width * height);
  const page: Page = { ink, width, height, ends: random() < 0.5 ? 'round' : 'sharp' };
  guilloche(page, random);
  const text = (line: string, x: number, y: number, size: number) => {
    for (const [at, character] of [...line].entries())
      stamp(page, character, x + at * size, y, size, weight);
  };
  // A photograph of a person, and what stands beside it.
  const top = lines.length === 3 ? 6 : 18;
  rectangle(page, 5 * millimetre, top * millimetre, 0.26 * width, 0.4 * height, random);
  for (const [row, value] of ['PASSPORT REPUBLIC', ...Object.values(zone.fields)].entries()) {
    const y = (top - 2 + row * (lines.length === 3 ? 3.2 : 5.5)) * millimetre;
    if (y < height - (lines.length === 3 ? 25 : 24) * millimetre)
      text(
        value.replace(/[^A-Z0-9]/g, '<').slice(0, 22),
        0.36 * width + 10,
        y,
        row === 0 ? 22 : 18,
      );
  }
  const left = (width - (lines[0]?.length ?? 0) * pitch) / 2;
  for (const [row, line] of lines.entries())
    text(
      line,
      left,
      height -
        (7.5 + (lines.length - 1 - row) * 6.35 * (lines.length === 3 ? 0.9 : 1)) * millimetre,
      pitch,
    );
  return page;
}

/** A character whose cell begins at `x`, its middle at the height `y`. */
function stamp(page: Page, character: string, x: number, y: number, size: number, weight: number) {
  if (character === ' ') return;
  const glyph = glyphOf(character, size, page.ends);
  const [left, top] = [Math.round(x - size / 2), Math.round(y - size)];
  const reach = Math.abs(weight) > 0.3 ? 1 : 0;
  const at = (gx: number, gy: number) =>
    gx < 0 || gy < 0 || gx >= glyph.width || gy >= glyph.height
      ? 0
      : (glyph.ink[gy * glyph.width + gx] ?? 0);
  for (let gy = 0; gy < glyph.height; gy++)
    for (let gx = 0; gx < glyph.width; gx++) {
      let value = at(gx, gy);
      if (reach > 0) {
        const others = [at(gx - 1, gy), at(gx + 1, gy), at(gx, gy - 1), at(gx, gy + 1)];
        const edge = weight > 0 ? Math.max(value, ...others) : Math.min(value, ...others);
        value += (edge - value) * Math.min(1, Math.abs(weight));
      }
      const [px, py] = [left + gx, top + gy];
      if (px < 0 || py < 0 || px >= page.width || py >= page.height) continue;
      const to = py * page.width + px;
      page.ink[to] = Math.max(page.ink[to] ?? 0, value);
    }
}

/** Fine waves of a security print, a tenth to a quarter as dark as the writing. */
function guilloche({ ink, width, height }: Page, random: () => number): void {
  for (let wave = 0; wave < 14; wave++) {
    const [base, size, length, phase] = [
      random() * height,
      10 + random() * 60,
      60 + random() * 300,
      random() * 6,
    ];
    const depth = 0.1 + random() * 0.15;
    for (let copy = 0; copy < 6; copy++)
      for (let x = 0; x < width; x++) {
        const y = Math.round(base + copy * 9 + size * Math.sin(x / length + phase));
        if (y >= 0 && y < height) ink[y * width + x] = Math.max(ink[y * width + x] ?? 0, depth);
      }
  }
}

function rectangle(page: Page, x: number, y: number, w: number, h: number, random: () => number) {
  const shade = 0.3 + random() * 0.3;
  for (let py = Math.round(y); py < Math.min(page.height, y + h); py++)
    for (let px = Math.round(x); px < x + w; px++) {
      const head = Math.hypot((px - x - w / 2) / (w * 0.3), (py - y - h * 0.45) / (h * 0.32)) < 1;
      page.ink[py * page.width + px] = head ? shade : shade * 0.5;
    }
}

function photographed(page: Page, how: Photograph, random: () => number): Frame {
  const { width: across, turn = 0, faint = 0, noise = 1.5, blur = 0.05, perspective = 0 } = how;
  const scale = across / page.width;
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [w, h] = [page.width * scale, page.height * scale];
  const room = 1.06;
  const width = Math.round((Math.abs(w * cos) + Math.abs(h * sin)) * room);
  const height = Math.round((Math.abs(w * sin) + Math.abs(h * cos)) * room);
  const corner = (x: number, y: number) => ({
    x: width / 2 + x * cos - y * sin,
    y: height / 2 + x * sin + y * cos,
  });
  const narrow = 1 - perspective;
  const quad = [
    corner((-w / 2) * narrow, (-h / 2) * (1 - perspective / 2)),
    corner((w / 2) * narrow, -h / 2),
    corner(w / 2, h / 2),
    corner(-w / 2, (h / 2) * (1 - perspective / 2)),
  ];
  const [a, b, c, d] = quad as [Point, Point, Point, Point];
  const onPage = PerspectiveTransform.quadrilateralToQuadrilateral(
    a.x,
    a.y,
    b.x,
    b.y,
    c.x,
    c.y,
    d.x,
    d.y,
    0,
    0,
    page.width,
    0,
    page.width,
    page.height,
    0,
    page.height,
  );
  const smooth = smeared(
    smeared(page, (0.5 / scale) * 0.8 + blur * pitch),
    (0.5 / scale) * 0.8 + blur * pitch,
  );
  const paper = 175 + random() * 65;
  const black = paper - (paper - 25) * (1 - faint);
  const slope = { x: (random() - 0.5) * 50, y: (random() - 0.5) * 50 };
  const shine = { x: random() * width, y: height * (0.6 + 0.35 * random()), size: 0.12 * width };
  const table = 60 + random() * 60;
  const data = new Uint8ClampedArray(width * height);
  const point = new Float32Array(2);
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) {
      point[0] = x + 0.5;
      point[1] = y + 0.5;
      onPage.transformPoints(point);
      const ink = inkAt(smooth, (point[0] ?? 0) - 0.5, (point[1] ?? 0) - 0.5);
      let value = ink === undefined ? table : paper + (black - paper) * ink;
      value += slope.x * (x / width - 0.5) + slope.y * (y / height - 0.5);
      if (how.glare === true) {
        const far = Math.hypot(x - shine.x, y - shine.y) / shine.size;
        const light = 0.75 * Math.exp(-far * far);
        value += (255 - value) * light;
      }
      const grain = random() + random() + random() - 1.5;
      data[at] = value + 2 * noise * grain;
    }
  return { data, width, height };
}

function inkAt({ ink, width, height }: Page, x: number, y: number): number | undefined {
  if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) return undefined;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const at = top * width + left;
  const upper = (ink[at] ?? 0) * (1 - fx) + (ink[at + 1] ?? 0) * fx;
  const lower = (ink[at + width] ?? 0) * (1 - fx) + (ink[at + width + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Mean over a square, sums once over columns and once over rows. */
function smeared({ ink, width, height, ends }: Page, reach: number): Page {
  const radius = Math.round(reach / 1.4);
  if (radius < 1) return { ink, width, height, ends };
  const half = new Float32Array(ink.length);
  const out = new Float32Array(ink.length);
  const pass = (
    from: Float32Array,
    to: Float32Array,
    lines: number,
    next: number,
    length: number,
    step: number,
  ) => {
    for (let line = 0; line < lines; line++) {
      const at = (i: number) =>
        from[line * next + Math.min(length - 1, Math.max(0, i)) * step] as number;
      let sum = 0;
      for (let i = -radius; i <= radius; i++) sum += at(i);
      for (let i = 0; i < length; i++) {
        to[line * next + i * step] = sum / (2 * radius + 1);
        sum += at(i + radius + 1) - at(i - radius);
      }
    }
  };
  pass(ink, half, height, width, width, 1);
  pass(half, out, width, 1, height, width);
  return { ink: out, width, height, ends };
}
