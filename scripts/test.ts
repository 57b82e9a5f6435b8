/**
 * `npm test`: everything that has to hold, ending with one line `N passed, N failed, N skipped`. Arguments
 * go to Vitest: `npm test -- packages/core`, `npm test -- --project unit`.
 */
import { parseCLI, startVitest } from 'vitest/node';
import { buildWhatIsStale } from './build/run.ts';
import { ClosingLine } from './test/closing-line.ts';
import { ensureElectron } from './test/electron-distribution.ts';
import { installPackages, mayInstall, missingPackages } from './test/system.ts';
import { explain, Objection, say } from './words/index.ts';

const args = process.argv.slice(2);
const closing = new ClosingLine();
closing.announce();

try {
  // Who asks for a part of the tests may do so on a machine that could not run all of them.
  if (args.length === 0) await prepare();
  const { filter, options } = parseCLI(['vitest', 'run', ...args]);
  const vitest = await startVitest(filter, {
    ...options,
    watch: false,
    reporters: ['default', closing],
  });
  await vitest.close();
  process.exit();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

/** What the whole needs. A part builds for itself what it needs (tests/support/build-once.ts). */
async function prepare(): Promise<void> {
  if (missingPackages().length > 0 && mayInstall()) installPackages(missingPackages());
  const missing = missingPackages();
  if (missing.length > 0) {
    throw new Objection(say('test', 'missing', { packages: missing.join(' ') }));
  }
  await ensureElectron();
  await buildWhatIsStale();
}
