/**
 * `npm run test:faults`: rounds of bad days on real browsers, a real centre and a real database. `-- --rounds N
 * --seed S --steps N` says how many and which; `--resume FILE` adds each round to FILE (a line of JSON a round) and
 * leaves out those that stand there; `--often COMMAND` draws one ten times as often. Exits 1 when anything was lost, doubled or stuck, with the seeds to try again.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildPageFiles } from '../tests/faults/pageFiles.ts';
import { playRound, type RoundResult } from '../tests/faults/round.ts';
import { say } from './words/index.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    steps: { type: 'string', default: '100' },
    resume: { type: 'string' },
    often: { type: 'string', multiple: true, default: [] },
  },
});
const steps = Number(values.steps);
const first = Number(values.seed);
const seeds = Array.from({ length: Number(values.rounds) }, (_, index) => first + index);
const { resume } = values;

const done = new Map<number, RoundResult>();
if (resume !== undefined && existsSync(resume)) {
  for (const line of readFileSync(resume, 'utf8').split('\n').filter(Boolean)) {
    const result = JSON.parse(line) as RoundResult;
    done.set(result.seed, result);
  }
}

const page = await buildPageFiles();
try {
  for (const seed of seeds) {
    if (done.has(seed)) continue;
    const result = await playRound(seed, steps, page.files, { often: values.often });
    done.set(seed, result);
    if (resume !== undefined) appendFileSync(resume, `${JSON.stringify(result)}\n`);
    report(result);
  }
} finally {
  await page.remove();
}
const results = seeds.flatMap((seed) => done.get(seed) ?? []);
const sum = (of: (result: RoundResult) => number) =>
  results.reduce((total, result) => total + of(result), 0);
const kills = (of: keyof RoundResult['kills']) => sum((result) => result.kills[of]);
process.stdout.write(
  `${say('faults', 'kills', {
    chromium: kills('chromium'),
    api: kills('api'),
    database: kills('database'),
    edits: sum(({ edits }) => edits),
    decided: sum(({ decided }) => decided),
    updates: sum(({ updates }) => updates),
    rounds: results.length,
  })}\n`,
);
const bad = results.filter(({ faults }) => faults.length > 0);
if (bad.length > 0)
  process.stdout.write(
    `${say('faults', 'seeds', { seeds: bad.map(({ seed }) => seed).join(' ') })}\n`,
  );
process.stdout.write(
  `lost ${sum(({ lost }) => lost)}, duplicated ${sum(({ duplicated }) => duplicated)}, stuck ${sum(({ stuck }) => stuck)} of ${sum(({ acknowledged }) => acknowledged)}\n`,
);
process.exit(bad.length === 0 ? 0 : 1);

function report(result: RoundResult): void {
  const { seed, acknowledged, arrived, setAside, kills: killed, seconds, faults, log } = result;
  process.stdout.write(
    `${say('faults', 'round', { seed, acknowledged, arrived, setAside, kills: killed.chromium + killed.api + killed.database, seconds })}\n`,
  );
  for (const fault of faults) process.stdout.write(`  ${fault}\n`);
  if (faults.length > 0) process.stdout.write(`  ${log.join(', ')}\n`);
}
