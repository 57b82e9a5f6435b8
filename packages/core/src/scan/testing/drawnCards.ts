import { PerspectiveTransform } from '@zxing/library';
import type { Font } from 'fontkit';
import type { Frame, Point } from '../frame.ts';
import { write } from './ink.ts';
import type { PrintedCard } from './people.ts';
import { generator } from './random.ts';

export { inkFont } from './ink.ts';
export { type PrintedCard, printedCard } from './people.ts';

/** Pixels a millimetre. */
const mm = 11.82;
const size = { width: 1012, height: 638 };
const [ink, label, paper] = [35, 120, 226];

/** The side with the person, in the places of the standard's form; the face is a grey shape. */
export function drawnFront(card: PrintedCard, font: Font, seed: number): Frame {
  const on = ground(seed);
  const put = (text: string, x: number, y: number, em: number, grey: number, pitch?: number) =>
    write(on, font, text, {
      x: x * mm,
      y: y * mm,
      size: em * mm,
      grey,
      ...(pitch === undefined ? {} : { pitch: pitch * mm }),
    });
  const [year, month, day] = card.birthDate.split('-');
  const row = (text: string, x: number, y: number) => put(text, x, y, 2.8, label, 3.4);
  row('姓名', 6, 10.5);
  put(card.name, 15, 10.8, 3.8, ink);
  row('性别', 6, 17);
  put(card.sex, 15, 17, 3.2, ink);
  row('民族', 23.5, 17);
  put(card.ethnicity, 32.5, 17, 3.2, ink);
  row('出生', 6, 23.3);
  put(year ?? '', 15, 23.3, 3.2, ink);
  put('年', 23.8, 23.3, 2.8, label);
  put(String(Number(month)), 28.5, 23.3, 3.2, ink);
  put('月', 33, 23.3, 2.8, label);
  put(String(Number(day)), 37.3, 23.3, 3.2, ink);
  put('日', 41.8, 23.3, 2.8, label);
  row('住址', 6, 30.3);
  for (const [i, line] of card.address.entries()) put(line, 15, 30.3 + 4.6 * i, 3.2, ink);
  put('公民身份号码', 6, 48.6, 2.8, label, 3.1);
  put(card.number, 28.5, 48.7, 3.9, ink, 2.75);
  portrait(on);
  return on;
}

/** The side with the emblem, which is a grey disc. */
export function drawnBack(card: PrintedCard, font: Font, seed: number): Frame {
  const on = ground(seed);
  const put = (text: string, x: number, y: number, em: number, grey: number, pitch: number) =>
    write(on, font, text, { x: x * mm, y: y * mm, size: em * mm, grey, pitch: pitch * mm });
  put('中华人民共和国', 27, 12.5, 5, ink, 6.6);
  put('居民身份证', 26, 23.5, 7, ink, 9.8);
  put('签发机关', 20, 42, 2.8, ink, 3.2);
  write(on, font, card.issuedBy, { x: 36 * mm, y: 42 * mm, size: 3.2 * mm, grey: ink });
  put('有效期限', 20, 48.5, 2.8, ink, 3.2);
  write(on, font, `${card.validFrom}-${card.validUntil}`, {
    x: 36 * mm,
    y: 48.5 * mm,
    size: 3.2 * mm,
    grey: ink,
  });
  shade(on, (x, y) => (Math.hypot(x - 13 * mm, y - 14 * mm) < 8 * mm ? 120 : undefined));
  return on;
}

/** Fine curves under the print, as on the real one; outside of the rounded corners, 0. */
function ground(seed: number): Frame {
  const random = generator(seed + 101);
  const data = new Uint8ClampedArray(size.width * size.height).fill(paper);
  const [a, b] = [20 + 20 * random(), 30 + 30 * random()];
  const on = { data, ...size };
  shade(on, (x, y) => {
    const wave = Math.sin((y + 9 * Math.sin(x / b)) / 2.2) * Math.sin(x / (4 * a));
    return paper - 14 * Math.max(0, wave);
  });
  return on;
}

function portrait(on: Frame): void {
  shade(on, (x, y) => {
    const [u, v] = [x / mm - 67.5, y / mm];
    if (Math.hypot(u / 6.5, (v - 19) / 8) < 1) return Math.hypot(u, v - 14) < 6 ? 60 : 165;
    if (Math.hypot(u / 12, (v - 40) / 11) < 1 && v < 40) return 80;
    return undefined;
  });
}

function shade(on: Frame, grey: (x: number, y: number) => number | undefined): void {
  for (let y = 0, at = 0; y < on.height; y++) {
    for (let x = 0; x < on.width; x++, at++) on.data[at] = grey(x, y) ?? on.data[at] ?? 0;
  }
}

/** How a card is photographed. */
export interface CardPhotograph {
  readonly width: number;
  readonly height: number;
  /** Clockwise. */
  readonly degrees?: number;
  /** Share of the width that the card takes; 1 fills it. */
  readonly share?: number;
  /** 0 seen straight from above; 0.15 strongly from the side. */
  readonly slant?: number;
  /** Range of grey levels. */
  readonly noise?: number;
  /** Contrast left, 0 to 1. */
  readonly contrast?: number;
  /** Levels that a light adds at its middle. */
  readonly glare?: number;
  /** Grey of what it lies on. */
  readonly table?: number;
}

/** What a camera makes of a card; always the same for the same `seed`. */
export function photographedCard(card: Frame, how: CardPhotograph, seed: number): Frame {
  const { width, height, degrees = 0, share = 0.8, slant = 0, noise = 0 } = how;
  const { contrast = 1, glare = 0, table = 90 } = how;
  const random = generator(seed * 31 + 7);
  const corners = cornersOf(how, share, degrees, slant);
  const [a, b, c, d] = corners as [Point, Point, Point, Point];
  const [w, h] = [card.width, card.height];
  // biome-ignore format: eight numbers each.
  const back = PerspectiveTransform.quadrilateralToQuadrilateral(
    a.x, a.y, b.x, b.y, c.x, c.y, d.x, d.y,
    0, 0, w, 0, w, h, 0, h,
  );
  const [gx, gy, radius] = [
    width * (0.3 + 0.4 * random()),
    height * (0.3 + 0.4 * random()),
    width / 7,
  ];
  const fine = 3;
  const data = new Uint8ClampedArray(width * height);
  const row = new Float32Array(2 * fine * width);
  for (let y = 0; y < height; y++) {
    const sums = new Float32Array(width);
    for (let k = 0; k < fine; k++) {
      for (let i = 0; i < fine * width; i++) {
        row[2 * i] = (i + 0.5) / fine;
        row[2 * i + 1] = y + (k + 0.5) / fine;
      }
      back.transformPoints(row);
      for (let i = 0; i < fine * width; i++) {
        const seen = at(card, row[2 * i] ?? 0, row[2 * i + 1] ?? 0) ?? table;
        const x = Math.floor(i / fine);
        sums[x] = (sums[x] ?? 0) + seen / fine ** 2;
      }
    }
    for (let x = 0; x < width; x++) {
      const shine = glare * Math.exp(-(((x - gx) / radius) ** 2) - ((y - gy) / radius) ** 2);
      const light = 1 - 0.15 * (x / width);
      const seen = 215 + ((sums[x] ?? 0) - 215) * contrast;
      data[y * width + x] = seen * light + shine + (random() - 0.5) * noise;
    }
  }
  return { data, width, height };
}

/** Clockwise from the card's own upper left corner, in the photograph. */
export function cornersOf(
  { width, height }: CardPhotograph,
  share: number,
  degrees: number,
  slant: number,
): readonly Point[] {
  const angle = (degrees * Math.PI) / 180;
  const [w, h] = [(width * share) / 2, (width * share * size.height) / size.width / 2];
  return [
    [-w * (1 - slant), -h],
    [w * (1 - slant), -h],
    [w, h * (1 - slant / 2)],
    [-w, h],
  ].map(([x = 0, y = 0]) => ({
    x: width / 2 + x * Math.cos(angle) - y * Math.sin(angle),
    y: height / 2 + x * Math.sin(angle) + y * Math.cos(angle),
  }));
}

/** Within the rounded corners; `undefined` beside the card. */
function at({ data, width, height }: Frame, x: number, y: number): number | undefined {
  const radius = 3.18 * mm;
  const u = Math.max(radius - x, x - (width - radius), 0);
  const v = Math.max(radius - y, y - (height - radius), 0);
  if (x < 0 || y < 0 || x >= width || y >= height || Math.hypot(u, v) > radius) return undefined;
  return data[Math.floor(y) * width + Math.floor(x)];
}
