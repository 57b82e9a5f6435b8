/**
 * `npm run kiosk`: the terminal in Electron, against the centre at `http://127.0.0.1:7300` or the one that
 * `-- --centre ORIGIN` names. `-- --profile counter` opens the counter.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildWhatIsStale } from './build/run.ts';
import { root } from './build/sources.ts';
import { officialElectron } from './test/electron-distribution.ts';
import { explain, Objection, say } from './words/index.ts';

try {
  requireDesktop();
  await buildWhatIsStale();
  run(electron());
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function requireDesktop(): void {
  if (process.getuid?.() === 0) throw new Objection(say('kiosk', 'not-as-root'));
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && DISPLAY === undefined && WAYLAND_DISPLAY === undefined) {
    throw new Objection(say('kiosk', 'no-display'));
  }
}

/** The official Electron, fetched on first use. The distribution for tests is not for people. */
function electron(): string {
  const there = process.env.TONGBAN_ELECTRON ?? officialElectron();
  if (there !== undefined) return there;
  process.stdout.write(`${say('kiosk', 'fetching')}\n`);
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  spawnSync(process.execPath, [installer], { stdio: 'inherit' });
  const fetched = officialElectron();
  if (fetched === undefined) throw new Objection(say('kiosk', 'not-fetched'));
  return fetched;
}

function run(program: string): void {
  const app = join(root, 'apps', 'kiosk');
  const args = [app, '--demonstration', ...process.argv.slice(2)];
  const child = spawn(program, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void child.kill(signal));
  }
  child.on('exit', (code) => process.exit(code ?? 1));
}
