import { expect, it } from 'vitest';
import { seeded } from '../testing/seeded.ts';
import { type Cut, thumbnailOf } from '../testing/thumbnails.ts';
import { madeZone } from '../testing/zoneLines.ts';
import { readZones } from './readZones.ts';

const now = new Date('2026-11-30T00:00:00Z');
/** SMALL_PICTURES=200 for the long run; `scripts/train/measure.ts` says more. */
const pictures = Number(process.env.SMALL_PICTURES ?? 10);
const kinds = ['td3', 'td1', 'td3', 'mrv-a', 'td2', 'td3', 'td1', 'mrv-b', 'td3', 'td1'] as const;
const cuts: readonly Cut[] = ['document', 'spread', 'document', 'zone', 'lower half', 'document'];

it('reads nine of ten pictures of 250 to 350 pixels wholly, and calls nothing passed that is wrong', {
  timeout: 20_000 * pictures,
}, () => {
  const failures: string[] = [];
  for (let i = 0; i < pictures; i++) {
    const random = seeded(31_000_000 + i);
    const zone = madeZone(kinds[i % kinds.length]!, random);
    const how = {
      width: Math.round(250 + 100 * random()),
      cut: cuts[i % cuts.length]!,
      turn: i % 7 === 6 ? 181 : 3 * random() - 1.5,
    };
    const [read] = readZones(thumbnailOf(zone, how, 32_000_000 + i), 'thorough', now);
    const wrong = (read?.fields ?? []).filter(
      ({ name, value, check }) => check === 'passed' && (zone.fields[name] ?? value) !== value,
    );
    expect(wrong, `${how.width} ${how.cut}`).toEqual([]);
    if (read?.lines.join('\n') !== zone.lines.join('\n'))
      failures.push([`picture ${i}`, ...zone.lines, ...(read?.lines ?? [])].join('\n'));
  }
  expect(failures.length, failures.join('\n')).toBeLessThanOrEqual(pictures / 10);
});
