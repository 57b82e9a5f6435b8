/** `npm run build`: builds each page whose sources have changed since it was last built. */
import { join, relative, resolve } from 'node:path';
import { build, resolveConfig } from 'vite';
import { root } from './build/sources.ts';
import { markBuilt, staleTargets } from './build/stale.ts';
import { say } from './words/index.ts';

// Whoever calls may be testing or developing; what is built is what people get.
process.env.NODE_ENV = 'production';

for (const target of await staleTargets()) {
  const began = performance.now();
  // As with Vite's own command, a configuration counts from the folder it stands in.
  process.chdir(join(root, target.folder));
  const options = {
    configFile: join(root, target.config),
    mode: target.mode,
    logLevel: 'warn' as const,
  };
  const { root: folder, build: settings } = await resolveConfig(
    options,
    'build',
    target.mode,
    'production',
  );
  try {
    // The weight of the pages is measured by a bench, with a bound.
    await build({ ...options, build: { emptyOutDir: true, chunkSizeWarningLimit: 8_192 } });
  } catch (error) {
    // The message holds place and reason; the stack is the bundler's own.
    process.stderr.write(`${target.config}: ${(error as Error).message}\n`);
    process.exit(1);
  }
  const output = relative(root, resolve(folder, settings.outDir));
  await markBuilt(target, output);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${say('build', 'built', { output, seconds })}\n`);
}
