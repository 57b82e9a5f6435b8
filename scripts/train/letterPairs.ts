import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameWords } from './nameWords.ts';

/** Counts how letters follow each other in names and writes the table: `node scripts/train/letterPairs.ts`. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ<';
const counts = Array.from({ length: 27 }, () => new Float64Array(27).fill(0.4));
for (const word of new Set(nameWords))
  for (const [i, letter] of [...`${word}<`].entries()) {
    const row = counts[letters.indexOf(i === 0 ? '<' : word.charAt(i - 1))] as Float64Array;
    const column = letters.indexOf(letter);
    row[column] = (row[column] as number) + 1;
  }
const rows = counts.map((row) => {
  const all = row.reduce((sum, count) => sum + count, 0);
  const digit = (count: number) => Math.min(9, Math.round(-1.5 * Math.log(count / all)));
  return [...row].map(digit).join('');
});
const target = join(import.meta.dirname, '../../packages/core/src/scan/zone/letterPairs.ts');
writeFileSync(
  target,
  `/** Made by scripts/train/letterPairs.ts: a row for the letter before, A to Z and <; 9 is seldom. */
export const letterPairs = [
${rows.map((row) => `  '${row}',`).join('\n')}
];
`,
);
