import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench } from '../scripts/bench/bench.ts';
import { buildWhatIsStale } from '../scripts/build/run.ts';
import { root } from '../scripts/build/sources.ts';
import { launchChromium, startTongban } from '../tests/support/index.ts';
import { watchForHome } from './starting/home.ts';

const measures = {
  'script until the home answers, gzipped': { unit: 'KB', bound: { atMost: 200 } },
  'files of it': { unit: '' },
  'styles until the home answers, gzipped': { unit: 'KB' },
  'all script of the app, gzipped': { unit: 'KB' },
} as const satisfies Bench['measures'];

export const bench: Bench<keyof typeof measures> = {
  name: 'phone-script',
  about:
    'What Chromium with a new profile asks for at /phone/, from a real centre: every script requested before the home screen is painted and takes input, compressed with gzip (level 6), KB of 1000 bytes.',
  measures,
  async run() {
    await buildWhatIsStale();
    const centre = await startTongban();
    const chromium = await launchChromium({ context: { locale: 'zh-CN' } });
    try {
      const page = await chromium.context.newPage();
      await page.addInitScript(watchForHome);
      await page.goto(`${centre.origin}/phone/`);
      await page.waitForFunction(() => window.homeAt);
      const asked = await page.evaluate(async () => {
        // A resource is listed once it is there; when the app is installed, all of these long are.
        await navigator.serviceWorker.ready;
        const home = window.homeAt ?? 0;
        return performance
          .getEntriesByType('resource')
          .filter(({ startTime }) => startTime < home)
          .map(({ name }) => name);
      });
      const gzipped = (ending: string): Promise<number[]> =>
        Promise.all(
          asked
            .filter((url) => new URL(url).pathname.endsWith(ending))
            .map(async (url) => gzipSync(await (await fetch(url)).bytes()).length),
        );
      const script = await gzipped('.js');
      if (script.length === 0) throw new Error('The home came without a script.');
      return {
        'script until the home answers, gzipped': total(script),
        'files of it': script.length,
        'styles until the home answers, gzipped': total(await gzipped('.css')),
        'all script of the app, gzipped': total(await all()),
      };
    } finally {
      await chromium.close();
      await centre.stop();
    }
  },
};

async function all(): Promise<number[]> {
  const folder = join(root, 'apps/mobile-web/dist/assets');
  const files = (await readdir(folder)).filter((name) => /\.m?js$/.test(name));
  return Promise.all(
    files.map(async (name) => gzipSync(await readFile(join(folder, name))).length),
  );
}

function total(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}
