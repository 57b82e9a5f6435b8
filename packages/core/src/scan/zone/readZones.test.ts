import { describe, expect, it } from 'vitest';
import { drawnZone, type Photograph } from '../testing/drawnZones.ts';
import { seeded } from '../testing/seeded.ts';
import { type MadeZone, madeZone } from '../testing/zoneLines.ts';
import type { ZoneEvidence, ZoneKind } from './index.ts';
import { readZones } from './readZones.ts';

const now = new Date('2026-11-27T00:00:00Z');

const ways: Readonly<Record<string, (random: () => number) => Photograph>> = {
  clean: (random) => ({ width: 500 + 500 * random(), weight: 2 * random() - 1 }),
  noisy: (random) => ({ width: 600 + 300 * random(), noise: 4 + 4 * random() }),
  turned: (random) => ({ width: 600 + 300 * random(), turn: 3 + 12 * random() }),
  'the other way': (random) => ({ width: 600 + 300 * random(), turn: -3 - 12 * random() }),
  'on its side': (random) => ({ width: 600 + 300 * random(), turn: 88 + 4 * random() }),
  'upside down': (random) => ({ width: 600 + 300 * random(), turn: 178 + 4 * random() }),
  faint: (random) => ({ width: 600 + 300 * random(), faint: 0.6 + 0.2 * random() }),
  glare: (random) => ({ width: 600 + 300 * random(), glare: true }),
  perspective: (random) => ({ width: 600 + 300 * random(), perspective: 0.03 + 0.07 * random() }),
  small: (random) => ({ width: 330 + 120 * random(), noise: 1 + random(), turn: 4 * random() - 2 }),
};

/** Pages of each way; ZONE_PAGES=30 for the long run. */
const pages = Number(process.env.ZONE_PAGES ?? 3);
const long = { timeout: 80_000 * pages };

function drawn(kind: ZoneKind, seed: number, way: (random: () => number) => Photograph) {
  const random = seeded(700_000 + seed);
  const zone = madeZone(kind, random);
  return { zone, frame: drawnZone(zone, way(random), seed) };
}

function wrongIn({ kind, fields }: MadeZone, evidence: ZoneEvidence | undefined): string[] {
  if (evidence === undefined) return ['nothing read'];
  const got = new Map<string, string>(evidence.fields.map(({ name, value }) => [name, value]));
  const wrong = Object.entries(fields)
    .filter(([name, value]) => got.get(name) !== value)
    .map(([name, value]) => `${name}: ${got.get(name)} for ${value}`);
  return evidence.kind === kind ? wrong : [...wrong, evidence.kind];
}

function wronglyPassed({ fields }: MadeZone, evidence: ZoneEvidence | undefined): string[] {
  return (evidence?.fields ?? [])
    .filter(({ name, value, check }) => check === 'passed' && fields[name] !== value)
    .map(({ name, value }) => `${name}: ${value} for ${fields[name]}`);
}

describe('photographed pages', () => {
  it('reads 29 of 30 passports wholly, names and all', long, () => {
    const failures: string[] = [];
    for (const [at, [name, way]] of Object.entries(ways).entries()) {
      for (let i = 0; i < pages; i++) {
        const { zone, frame } = drawn('td3', 1000 * at + i, way);
        const [evidence] = readZones(frame, 'thorough', now);
        expect(wronglyPassed(zone, evidence), name).toEqual([]);
        const wrong = wrongIn(zone, evidence);
        if (wrong.length > 0) failures.push(`${name}: ${wrong.join(', ')}`);
      }
    }
    expect(failures.length, failures.join('\n')).toBeLessThanOrEqual(pages / 3);
  });

  it.each(['td1', 'td2', 'mrv-a', 'mrv-b', 'travel-permit'] as const)('reads %s', (kind) => {
    for (const [at, name] of (['clean', 'turned', 'on its side'] as const).entries()) {
      const { zone, frame } = drawn(kind, 500 + at, ways[name]!);
      const [evidence] = readZones(frame, 'thorough', now);
      expect(wrongIn(zone, evidence), name).toEqual([]);
      expect(wronglyPassed(zone, evidence), name).toEqual([]);
    }
  });

  it('says where the zone lies, from its upper left', () => {
    const { frame } = drawn('td3', 900, () => ({ width: 800 }));
    const points = readZones(frame, 'glance', now)[0]!.points;
    expect(points).toHaveLength(4);
    expect(points[1]!.x - points[0]!.x).toBeGreaterThan(600);
    expect(points[3]!.y).toBeGreaterThan(points[0]!.y + 20);
  });

  it('calls nothing passed that is wrong on pages too small to read', long, () => {
    for (let i = 0; i < 4 * pages; i++) {
      const { zone, frame } = drawn('td3', 20_000 + i, (random) => ({
        width: 200 + 100 * random(),
        noise: 2 + 4 * random(),
        blur: 0.05 + 0.15 * random(),
      }));
      expect(wronglyPassed(zone, readZones(frame, 'thorough', now)[0])).toEqual([]);
    }
  });
});

describe('what has no zone', () => {
  it('is left soon: an empty frame, noise, a page of bars', () => {
    const random = seeded(3);
    const [width, height] = [640, 480];
    const frames = [
      new Uint8ClampedArray(width * height).fill(200),
      Uint8ClampedArray.from({ length: width * height }, () => 256 * random()),
      Uint8ClampedArray.from({ length: width * height }, (_, i) =>
        (i % width) % 9 < 4 ? 30 : 220,
      ),
      Uint8ClampedArray.from({ length: width * height }, (_, i) =>
        Math.floor(i / width) % 40 < 12 && i % 7 < 3 ? 30 : 220,
      ),
    ];
    for (const data of frames)
      for (const effort of ['glance', 'thorough'] as const)
        expect(readZones({ data, width, height }, effort, now)).toEqual([]);
  });

  it('may be of any size', () => {
    for (const [width, height] of [
      [0, 0],
      [1, 1],
      [3, 900],
      [900, 2],
    ] as const)
      expect(
        readZones({ data: new Uint8ClampedArray(width * height), width, height }, 'thorough', now),
      ).toEqual([]);
  });
});
