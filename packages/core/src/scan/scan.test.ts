import { expect, it } from 'vitest';
import type { Frame } from './frame.ts';
import { scan } from './scan.ts';
import { drawn } from './testing/drawnCodes.ts';
import { drawnZone } from './testing/drawnZones.ts';
import { seeded } from './testing/seeded.ts';
import { madeZone } from './testing/zoneLines.ts';

const now = new Date('2026-11-27T00:00:00Z');
const passport = () => drawnZone(madeZone('td3', seeded(71)), { width: 900 }, 71);

/** Both on one table. */
function beside(one: Frame, other: Frame): Frame {
  const width = Math.max(one.width, other.width);
  const data = new Uint8ClampedArray(width * (one.height + other.height)).fill(255);
  let row = 0;
  for (const frame of [one, other]) {
    for (let y = 0; y < frame.height; y++, row++)
      data.set(frame.data.subarray(y * frame.width, (y + 1) * frame.width), row * width);
  }
  return { data, width, height: one.height + other.height };
}

it('gives a code and a zone of one picture, each with its source', async () => {
  const both = beside(await drawn('qr', '91320199MA1DEMO01X'), passport());
  const found = await scan(both, { effort: 'thorough', now });
  expect(found.map(({ source }) => source)).toEqual(['code', 'zone']);
  expect(found.every(({ assurance }) => assurance !== 'verified')).toBe(true);
});

it('is content with a code at a glance, and sees a zone where there is none', async () => {
  const code = await drawn('qr', 'https://example.org/');
  const glance = { effort: 'glance', now } as const;
  const sources = async (frame: Frame) => (await scan(frame, glance)).map(({ source }) => source);
  expect(await sources(beside(code, passport()))).toEqual(['code']);
  expect(await sources(passport())).toEqual(['zone']);
});
