import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { ensureElectron } from '../../scripts/test/electron-distribution.ts';
import { startDisplay } from './display.ts';

export interface ElectronOptions {
  /** The main script, or the folder whose package.json names it. */
  readonly entry: string;
  /** Arguments for the app itself. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A profile folder to open again, kept afterwards. Without it a new one is made, and removed by `close`. */
  readonly profile?: string;
}

export interface LaunchedElectron {
  readonly app: ElectronApplication;
  readonly profile: string;
  close(): Promise<void>;
  /** Ends every process of it at once, as a power cut does. The profile stays. */
  kill(): Promise<void>;
}

const nobody = 65534;

/**
 * Starts Electron on a virtual display with its sandbox on. As root it runs as `nobody`: Chromium's sandbox
 * does not start for root, and to test without it would be to test something else.
 */
export async function launchElectron(options: ElectronOptions): Promise<LaunchedElectron> {
  const electron = await ensureElectron();
  const own = options.profile === undefined;
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'tongban-electron-')));
  const home = join(profile, 'home');
  await mkdir(home, { recursive: true });
  const executablePath = await asNobody(electron, profile, home);
  const display = await startDisplay();
  const app = await _electron.launch({
    executablePath,
    args: [options.entry, `--user-data-dir=${join(profile, 'data')}`, ...(options.args ?? [])],
    chromiumSandbox: true,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      XDG_RUNTIME_DIR: home,
      DISPLAY: display.name,
      LANG: 'zh_CN.UTF-8',
      ...options.env,
    },
  });
  return {
    app,
    profile,
    async close() {
      await app.close();
      display.stop();
      if (own) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
    async kill() {
      const { pid } = app.process();
      const gone = new Promise<void>((resolve) => app.once('close', () => resolve()));
      // Playwright starts it as the leader of a process group.
      if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      await gone;
      display.stop();
    },
  };
}

/** A program that runs `electron` as an unprivileged user, or `electron` itself where we are one already. */
async function asNobody(electron: string, profile: string, home: string): Promise<string> {
  if (process.getuid?.() !== 0) return electron;
  for (const folder of [profile, home]) {
    await chown(folder, nobody, nobody);
    await chmod(folder, 0o700);
  }
  const wrapper = join(profile, 'electron-as-nobody');
  const drop = `setpriv --reuid=${nobody} --regid=${nobody} --clear-groups`;
  await writeFile(wrapper, `#!/bin/sh\nexec ${drop} "${electron}" "$@"\n`, { mode: 0o755 });
  return wrapper;
}
