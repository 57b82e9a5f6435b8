import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Objection, say } from '../words/index.ts';
import { root } from './sources.ts';
import { staleTargets } from './stale.ts';

/**
 * Builds what is stale, in a process of its own, so that the bundler's memory is free again afterwards.
 * @throws Objection when a build fails; its reason is on the console.
 */
export async function buildWhatIsStale(): Promise<void> {
  const stale = await staleTargets();
  if (stale.length === 0) return;
  await new Promise<void>((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'scripts', 'build.ts')], {
      cwd: root,
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Objection(say('build', 'failed')));
    });
  });
}
