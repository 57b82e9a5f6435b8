import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue, Clock } from '@tongban/core';
import { type RoutingApiOptions, startCentre } from '../start.ts';
import { temporaryFolder } from './folder.ts';

/** A clock that tests turn by hand. */
export interface HandClock extends Clock {
  set(instant: string): void;
  forward(milliseconds: number): void;
}

export function handClock(instant: string): HandClock {
  let at = Date.parse(instant);
  return {
    now: () => new Date(at),
    set: (next) => {
      at = Date.parse(next);
    },
    forward: (milliseconds) => {
      at += milliseconds;
    },
  };
}

/** A Monday, before noon in China. */
export const monday = '2026-11-23T02:00:00.000Z';

export type RunningCentre = Awaited<ReturnType<typeof runCentre>>;

/** A real centre on a real database in a folder of its own, with every answer checked against its schema. */
export async function runCentre(
  options: Partial<RoutingApiOptions> & { readonly catalogue: Catalogue },
) {
  const { catalogue, ...rest } = options;
  const folder = await temporaryFolder();
  const clock = handClock(monday);
  const lines: string[] = [];
  const started = await startCentre(
    {
      port: 0,
      host: '127.0.0.1',
      dataFolder: folder.path,
      pages: {},
      demonstration: true,
      clock,
      log: { level: 'debug', stream: { write: (line: string) => void lines.push(line) } },
      ...rest,
    },
    { catalogue, checkAnswers: true },
  );
  return {
    ...started,
    clock,
    dataFolder: options.dataFolder ?? folder.path,
    logged: lines,
    end: async () => {
      await started.stop();
      await folder.remove();
    },
  };
}

/** Folders as a build leaves them: an index, a hashed asset, a service worker. */
export async function builtPages(
  root: string,
): Promise<{ kiosk: string; phone: string; departments: string }> {
  const pages = {
    kiosk: join(root, 'kiosk'),
    phone: join(root, 'phone'),
    departments: join(root, 'departments'),
  };
  for (const [name, folder] of Object.entries(pages)) {
    await mkdir(join(folder, 'assets'), { recursive: true });
    await writeFile(join(folder, 'index.html'), `<!doctype html><title>${name}</title>`);
    for (const script of ['index-Dk3f9aXz.js', 'pdf.worker.min-BgryrOlp.mjs'])
      await writeFile(join(folder, 'assets', script), 'export {};');
    await writeFile(join(folder, 'sw.js'), 'self.skipWaiting();');
    await writeFile(join(folder, '.secret'), 'hidden');
  }
  return pages;
}
