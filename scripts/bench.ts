/**
 * `npm run bench`: runs every bench in `bench/`, or those that the arguments name; prints a table, writes
 * `bench-results/latest.json`, and exits 1 when a stated bound is missed or a bench fails.
 * `npm run bench -- scan --corpus DIR [--json]` reads a folder of photographs instead, with every reader; 1 when another
 * one reads more than ours, or ours reads something that is not there.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bench, judge, type Measured } from './bench/bench.ts';
import { pace } from './bench/pace.ts';
import { table } from './bench/table.ts';
import { root } from './build/sources.ts';
import { say } from './words/index.ts';

const folder = join(root, 'bench');
const { positionals: names, values } = parseArgs({
  allowPositionals: true,
  options: { corpus: { type: 'string' }, json: { type: 'boolean', default: false } },
});
if (values.corpus !== undefined) {
  const { corpusTable, measureCorpus } = await import('../bench/scanning/corpus.ts');
  const report = await measureCorpus(values.corpus);
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : corpusTable(report)}\n`);
  const least = report.formats.every(({ atLeastEvery }) => atLeastEvery);
  process.exit(least && report.wrong.length === 0 ? 0 : 1);
}
const benches = await load();
const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0 || benches.length === 0) {
  const known = benches.map(({ name }) => name).join(', ');
  process.stderr.write(`${say('bench', 'unknown', { asked: unknown.join(', '), known })}\n`);
  process.exit(1);
}

/** Above this share of the processors already at work, figures say more about the others than about us. */
const busy = 0.25;
const loadBefore = loadavg()[0] ?? 0;
const paceBefore = pace();
const results: { name: string; about: string; measures: Measured[] }[] = [];
let failed = false;
for (const bench of benches.filter(({ name }) => names.length === 0 || names.includes(name))) {
  process.stderr.write(`${bench.name} …\n`);
  try {
    const measures = judge(bench, await bench.run());
    results.push({ name: bench.name, about: bench.about, measures });
    failed ||= measures.some(({ verdict }) => verdict === 'bound missed');
  } catch (error) {
    failed = true;
    process.stderr.write(`${bench.name}: ${(error as Error).stack}\n`);
  }
}

await mkdir(join(root, 'bench-results'), { recursive: true });
const report = {
  at: new Date().toISOString(),
  commit: commit(),
  machine: machine(),
  load: { before: loadBefore, after: loadavg()[0] },
  paceMs: { before: paceBefore, after: pace() },
  results,
};
await writeFile(join(root, 'bench-results', 'latest.json'), `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(`${table(results)}\n`);
if (loadBefore > busy * cpus().length) {
  const facts = { load: loadBefore.toFixed(1), cores: cpus().length };
  process.stdout.write(`${say('bench', 'busy', facts)}\n`);
}
process.exit(failed ? 1 : 0);

async function load(): Promise<Bench[]> {
  if (!existsSync(folder)) return [];
  const files = (await readdir(folder)).filter((name) => name.endsWith('.bench.ts')).sort();
  return Promise.all(
    files.map(async (name) => ((await import(join(folder, name))) as { bench: Bench }).bench),
  );
}

function commit(): string {
  return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
}

function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    platform: `${process.platform}-${process.arch}`,
    node: process.version,
  };
}
