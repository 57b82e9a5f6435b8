import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, percentile } from '../scripts/bench/bench.ts';
import { buildWhatIsStale } from '../scripts/build/run.ts';
import { launchChromium, startLine } from '../tests/support/index.ts';
import { type Home, timeToHome } from './starting/home.ts';
import { npmStart, type Program } from './starting/program.ts';

const starts = 3;
const pages = 7;
const slowdown = 4;
const locale = 'zh-CN';
const phone: Home = {
  way: 'a[href="/phone/choose/event"]',
  context: { locale, viewport: { width: 390, height: 844 } },
};
const kiosk: Home = {
  way: 'button:has-text("按部门")',
  context: { locale, viewport: { width: 1080, height: 1920 } },
};

const measures = {
  'npm start, empty data folder, p50': { unit: 'ms', aim: { atMost: 15_000 } },
  'npm start, empty data folder, slowest': { unit: 'ms' },
  'npm start again p50': { unit: 'ms', aim: { atMost: 5_000 } },
  'npm start again, slowest': { unit: 'ms' },
  'kiosk: home p50': { unit: 'ms', aim: { atMost: 1_000 } },
  'kiosk: home, slowest': { unit: 'ms' },
  'phone: home p50': { unit: 'ms', aim: { atMost: 1_000 } },
  'phone: home, slowest': { unit: 'ms' },
  'phone: home, processor slowed 4 times, p50': { unit: 'ms' },
  'phone: home without a line p50': { unit: 'ms', aim: { atMost: 1_000 } },
  'phone: home without a line, slowest': { unit: 'ms' },
} as const satisfies Bench['measures'];

export const bench: Bench<keyof typeof measures> = {
  name: 'cold-start',
  about: `From calling npm until /healthz answers 200, on built pages: ${starts} starts on new data folders, ${starts} on the last of them, after one of warm-up. From navigation until the home screen is painted and takes input: ${pages} browsers each, with new profiles; without a line, ${pages} browsers on a profile whose service worker was installed before.`,
  measures,
  async run() {
    await buildWhatIsStale();
    const folders: string[] = [];
    const newFolder = async (): Promise<string> => {
      const folder = await mkdtemp(join(tmpdir(), 'tongban-bench-data-'));
      // PostgreSQL runs as another user where this one is root, and must get through.
      await chmod(folder, 0o711);
      folders.push(folder);
      return folder;
    };
    let program: Program | undefined;
    const start = async (folder: string): Promise<number> => {
      await program?.end();
      program = undefined;
      program = await npmStart(folder);
      return program.milliseconds;
    };
    try {
      await start(await newFolder());
      const first = await times(starts, async () => start(await newFolder()));
      const again = await times(starts, () => start(folders.at(-1) ?? ''));
      if (program === undefined) throw new Error('Nothing runs.');
      const atKiosk = await inNewProfiles(`${program.origin}/kiosk/`, kiosk);
      const atPhone = await inNewProfiles(`${program.origin}/phone/`, phone);
      const slowed = await inNewProfiles(`${program.origin}/phone/`, { ...phone, slowdown });
      const offline = await withoutALine(program.origin);
      return {
        'npm start, empty data folder, p50': percentile(first, 0.5),
        'npm start, empty data folder, slowest': Math.max(...first),
        'npm start again p50': percentile(again, 0.5),
        'npm start again, slowest': Math.max(...again),
        'kiosk: home p50': percentile(atKiosk, 0.5),
        'kiosk: home, slowest': Math.max(...atKiosk),
        'phone: home p50': percentile(atPhone, 0.5),
        'phone: home, slowest': Math.max(...atPhone),
        'phone: home, processor slowed 4 times, p50': percentile(slowed, 0.5),
        'phone: home without a line p50': percentile(offline, 0.5),
        'phone: home without a line, slowest': Math.max(...offline),
      };
    } finally {
      await program?.end();
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    }
  },
};

/** One browser of warm-up: it reads Chromium itself from the disk. */
async function inNewProfiles(url: string, home: Home): Promise<number[]> {
  await timeToHome(url, home);
  return times(pages, () => timeToHome(url, home));
}

/** The phone is opened once with a line, which installs its service worker; then the line is cut for good. */
async function withoutALine(origin: string): Promise<number[]> {
  const line = await startLine(origin);
  const profile = await mkdtemp(join(tmpdir(), 'tongban-bench-phone-'));
  try {
    const url = `${line.origin}/phone/`;
    const installing = await launchChromium({ ...phone, profile });
    const page = await installing.context.newPage();
    await page.goto(url);
    // Active only once everything it keeps has been fetched.
    await page.evaluate(async () => {
      const { active } = await navigator.serviceWorker.ready;
      if (active === null) throw new Error('There is no active service worker.');
      while (active.state !== 'activated') {
        await new Promise((resolve) =>
          active.addEventListener('statechange', resolve, { once: true }),
        );
      }
    });
    await installing.close();
    line.cut();
    return await times(pages, () => timeToHome(url, { ...phone, profile }));
  } finally {
    await line.stop();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function times(count: number, work: () => Promise<number>): Promise<number[]> {
  const taken: number[] = [];
  for (let index = 0; index < count; index += 1) taken.push(await work());
  return taken;
}
