import { readZones } from '@tongban/core/scan';
import { type Cut, madeZone, seeded, thumbnailOf } from '@tongban/core/testing/zones';

/**
 * How many small pictures of made-up documents are read: `node scripts/train/measure.ts [pictures] [first] [--say]`, so many
 * of each width from a first seed, other seeds than the training's and the tests'. `--say` names what was not right. Ends
 * with 1 where a field is called passed that is wrong.
 */
const [pictures = 20, first = 0] = process.argv.slice(2).map(Number).filter(Number.isFinite);
const say = process.argv.includes('--say');
const now = new Date('2026-11-27T00:00:00Z');
const kinds = ['td3', 'td3', 'td3', 'td3', 'td1', 'td1', 'td1', 'mrv-a', 'mrv-b', 'td2'] as const;
const cuts: readonly Cut[] = ['document', 'document', 'document', 'spread', 'lower half', 'zone'];

const counts = { right: 0, wrong: 0, 'not read': 0, passed: 0, 'wrongly passed': 0, ms: 0 };
const table: Record<string, typeof counts> = {};
for (const width of [240, 270, 300, 340, 400]) {
  const row = { ...counts };
  for (let i = 0; i < pictures; i++) {
    const seed = 40_000_000 + 10_000 * width + first + i;
    const random = seeded(seed);
    const pick = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)] as T;
    const [kind, cut] = [pick(kinds), pick(cuts)];
    const turn = (random() < 0.5 ? 0 : 5 * random() - 2.5) + (random() < 0.05 ? 180 : 0);
    const zone = madeZone(kind, random);
    const frame = thumbnailOf(zone, { width, cut, turn }, seed + 1);
    const start = performance.now();
    const [read] = readZones(frame, 'thorough', now);
    row.ms += (performance.now() - start) / pictures;
    const fields = read?.fields ?? [];
    const wrong = fields.filter(({ name, value }) => (zone.fields[name] ?? value) !== value);
    const passed = fields.filter(({ check }) => check === 'passed');
    row.passed += passed.length;
    row['wrongly passed'] += passed.filter((field) => wrong.includes(field)).length;
    const all = read?.lines.join('\n') === zone.lines.join('\n');
    row[read === undefined ? 'not read' : all ? 'right' : 'wrong']++;
    if (!all && say) {
      console.log(`${width} ${kind} ${cut} ${turn.toFixed(1)}, seed ${seed}`);
      for (const [at, line] of (read?.lines ?? []).entries())
        if (line !== zone.lines[at]) console.log(`  ${zone.lines[at]}\n  ${line}`);
    }
  }
  row.ms = Math.round(row.ms);
  table[width] = row;
}
console.table(table);
process.exitCode = Object.values(table).some((row) => row['wrongly passed'] > 0) ? 1 : 0;
