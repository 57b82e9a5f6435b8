/**
 * `npm start`: builds the pages that need it, starts PostgreSQL, the routing API and all pages on one port,
 * and says where they are. `PORT` and `TONGBAN_DATA` choose port and data folder, `DATABASE_URL` a database
 * of one's own.
 */
import { join } from 'node:path';
import { buildWhatIsStale } from './build/run.ts';
import { root } from './build/sources.ts';
import { dataFolderFrom } from './start/data-folder.ts';
import { endOnSignal } from './start/ending.ts';
import { portFrom, requirePort } from './start/port.ts';
import { welcome } from './start/welcome.ts';
import { explain, Objection, say } from './words/index.ts';

const began = performance.now();
const host = '127.0.0.1';
const secondsToEnd = 30;
let starting: Promise<{ stop(): Promise<void> }> | undefined;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

endOnSignal({
  seconds: secondsToEnd,
  force() {
    print(say('start', 'stopped-early'));
    process.exit(1);
  },
  async end() {
    print(`\n${say('start', 'stopping')}`);
    // A start that fails while it is being ended says so itself, below.
    const running = await starting?.catch(() => undefined);
    await running?.stop();
    print(say('start', 'stopped'));
    process.exit(0);
  },
});

try {
  const port = portFrom(process.env.PORT);
  await requirePort(host, port);
  const dataFolder = dataFolderFrom(process.env.TONGBAN_DATA);
  print(say('start', 'building'));
  await buildWhatIsStale();
  print(say('start', 'starting'));
  // Only now: before the pages are built, nothing of the API needs to be in memory.
  const { demonstrationAccounts, providerFrom, startRoutingApi } = await import(
    '@tongban/routing-api'
  );
  const { DATABASE_URL: databaseUrl, NODE_ENV: environment } = process.env;
  const demonstration = environment !== 'production';
  const hours = hoursFrom(process.env.TONGBAN_STAFF_OFFLINE_HOURS);
  const provider = await providerFrom(process.env.TONGBAN_OIDC, demonstration, [
    `http://${host}:${port}`,
  ]);
  const api = startRoutingApi({
    port,
    host,
    dataFolder,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    pages: {
      kiosk: join(root, 'apps/kiosk/dist/renderer'),
      phone: join(root, 'apps/mobile-web/dist'),
      departments: join(root, 'apps/routing-api/dist/desk'),
    },
    demonstration,
    ...(provider === undefined ? {} : { provider }),
    ...(hours === undefined ? {} : { staffOfflineHours: hours }),
    // Whoever tries it reads this console; whoever runs it collects every line.
    log: demonstration ? 'warn' : 'info',
  });
  starting = api;
  const { origin } = await api;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const accounts = demonstration ? demonstrationAccounts : [];
  print(welcome({ origin, dataFolder, seconds, accounts }));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

/** How long staff may work without a line; `undefined` leaves it to the centre. */
function hoursFrom(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const hours = Number(text);
  if (Number.isFinite(hours) && hours >= 1 && hours <= 72) return hours;
  throw new Objection(say('start', 'bad-hours', { text }));
}
