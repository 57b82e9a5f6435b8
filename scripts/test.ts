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
  prepareSystem();
  await ensureElectron();
  // A part of the tests builds for itself what it needs (tests/support/build-once.ts).
  if (args.length === 0) await buildWhatIsStale();
  const { filter, options } = parseCLI(['vitest', 'run', ...args]);
  const vitest = await startVitest(filter, {
    ...options,
    watch: false,
    reporters: ['default', closing],
  });
  await vitest.close();
  process.exit();
} catch (error) {
  process.stderr.write(`${explain(error)}
`);
  process.exit(1);
}

function prepareSystem(): void {
  if (missingPackages().length > 0 && mayInstall()) installPackages(missingPackages());
  const missing = missingPackages();
  if (missing.length > 0) {
    throw new Objection(say('test', 'missing', { packages: missing.join(' ') }));
  }
}
