import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { root } from '../../../scripts/build/sources.ts';
import { type LaunchedElectron, launchElectron } from '../../support/index.ts';

/** The terminal on a real Electron with its sandbox on, and what its main process wrote to its log. */
export interface ElectronTerminal {
  readonly electron: LaunchedElectron;
  /** The page that stands now, once it is alone; forgets what was said so far. */
  settle(): Promise<Page>;
  /** What main has said since the page settled. */
  said(): string;
  /** What of it were refusals. */
  refusals(): readonly string[];
  rendererPid(): Promise<number>;
}

export async function openElectronTerminal(
  centre: string,
  args: readonly string[] = [],
): Promise<ElectronTerminal> {
  const electron = await launchElectron({
    entry: join(root, 'apps/kiosk'),
    args: ['--demonstration', `--centre=${centre}`, '--use-fake-device-for-media-stream', ...args],
  });
  const { app } = electron;
  let said = '';
  app.process().stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await app.firstWindow();
  return {
    electron,
    async settle() {
      // A window that a test opened and closed goes a moment later.
      await expect.poll(() => app.windows().length).toBe(1);
      const [page] = app.windows() as [Page];
      await page.waitForLoadState();
      said = '';
      return page;
    },
    said: () => said,
    refusals: () =>
      said
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { event: string; what?: string })
        .filter((line) => line.event === 'refused')
        .map((line) => line.what ?? ''),
    rendererPid: () =>
      app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        return window?.webContents.getOSProcessId() ?? 0;
      }),
  };
}
