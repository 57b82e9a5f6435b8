import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { chromiumArguments, chromiumPath } from './programs.ts';

/** How a Chromium under test differs from the plain one. */
export interface ChromiumOptions {
  /** More command line switches. */
  readonly args?: readonly string[];
  /** A .y4m or .mjpeg file that plays, over and over, as the camera. Permission is given without asking. */
  readonly fakeCapture?: string;
  /** A profile folder to open, kept afterwards. Without it a new one is made, and removed by `close`. */
  readonly profile?: string;
  /** Size of the page, language, time zone and the like. */
  readonly context?: BrowserContextOptions;
}

export interface LaunchedChromium {
  readonly context: BrowserContext;
  readonly profile: string;
  /** Ends the browser as a person does, so that everything is written. */
  close(): Promise<void>;
  /** Ends it as a power cut does: no page, no worker, no database gets a word in. The profile stays. */
  kill(): Promise<void>;
}

/** Starts the system's Chromium on a profile folder of its own. */
export async function launchChromium(options: ChromiumOptions = {}): Promise<LaunchedChromium> {
  const own = options.profile === undefined;
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'tongban-profile-')));
  const capture =
    options.fakeCapture === undefined
      ? []
      : [
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          `--use-file-for-fake-video-capture=${options.fakeCapture}`,
        ];
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: [...chromiumArguments, ...capture, ...(options.args ?? [])],
    ...options.context,
  });
  return {
    context,
    profile,
    async close() {
      await context.close();
      if (own) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
    async kill() {
      const gone = new Promise((resolve) => context.once('close', resolve));
      // Playwright gives the browser a process group of its own; the lock in the profile names its leader.
      const lock = await readlink(join(profile, 'SingletonLock'));
      process.kill(-Number(lock.slice(lock.lastIndexOf('-') + 1)), 'SIGKILL');
      await gone;
      // The lock of a browser that was killed would make the next one ask whether to take over.
      await rm(join(profile, 'SingletonLock'), { force: true });
    },
  };
}
