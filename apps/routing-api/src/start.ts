import { mkdir } from 'node:fs/promises';
import { type Catalogue, type Clock, type Random, systemClock, systemRandom } from '@tongban/core';
import { startAnchor } from './audit/anchor.ts';
import { settleEpoch } from './audit/epoch.ts';
import { caseRoutes } from './cases/routes.ts';
import { tick } from './cases/tick.ts';
import { catalogueVersions, putIntoForce } from './catalogue.ts';
import { connect, type Database } from './database/database.ts';
import { type EmbeddedServer, startEmbedded } from './database/embedded.ts';
import { StartFailure } from './database/failure.ts';
import { migrate } from './database/migrate.ts';
import { collectOperations } from './docs/openapi.ts';
import { docsRoutes } from './docs/routes.ts';
import type { Centre } from './http/context.ts';
import { limitRequests } from './http/limits.ts';
import { type Pages, servePages } from './http/pages.ts';
import { probeRoutes } from './http/probe.ts';
import { createServer, traceOf } from './http/server.ts';
import { type Judging, startJudging } from './judgement/queue.ts';
import type { Rooms } from './judgement/rooms.ts';
import { noRegister, simulatedRegister } from './judgement/simulatedRegister.ts';
import { openTrust } from './judgement/trust.ts';
import { openKeyring } from './keys/keyring.ts';
import { createLog, type LogTarget } from './log.ts';
import { demonstrationSession } from './session/demonstration.ts';
import { noSession } from './session/none.ts';
import { sessionRoutes } from './session/routes.ts';
import { startNews } from './status/news.ts';
import { createStreams } from './status/stream.ts';
import { openAuthority } from './terminal/authority.ts';
import { terminalRoutes } from './terminal/routes.ts';
import { startSentence } from './words.ts';

export interface RoutingApiOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Keys, and the database unless `databaseUrl` names another. */
  readonly dataFolder: string;
  /** PostgreSQL 16 or newer; without it one is run in the data folder. */
  readonly databaseUrl?: string;
  /** Folders of built pages. */
  readonly pages: Pages;
  /** Accepts demonstration accounts, self-registered terminals and simulated registers; production refuses them. */
  readonly demonstration: boolean;
  readonly log?: LogTarget;
  readonly clock?: Clock;
  readonly random?: Random;
}

export interface RoutingApi {
  readonly origin: string;
  /** Finishes what was accepted, then ends everything. */
  stop(): Promise<void>;
}

/** What a test may set beside the options. */
export interface Inside {
  readonly catalogue: Catalogue;
  readonly checkAnswers: boolean;
}

/** Starts the centre with a catalogue. Resolves once it can serve; throws {@link StartFailure} with its remedy. */
export async function startCentre(
  options: RoutingApiOptions,
  inside: Inside,
): Promise<RoutingApi & { readonly centre: Centre; readonly judging: Judging }> {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const log = createLog(options.log);
  await mkdir(options.dataFolder, { recursive: true, mode: 0o711 });
  const embedded =
    options.databaseUrl === undefined ? await startEmbedded(options.dataFolder) : undefined;
  if (embedded?.adopted === true) log.warn('took over a database server that a crash had left');
  let database: Database | undefined;
  try {
    database = await connect(embedded?.url ?? (options.databaseUrl as string), clock);
    await migrate(database.pool);
    return await serve(options, inside, { clock, random, log, database, embedded });
  } catch (error) {
    await database?.close().catch(() => undefined);
    await embedded?.stop();
    throw error;
  }
}

interface Ground {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Centre['log'];
  readonly database: Database;
  readonly embedded: EmbeddedServer | undefined;
}

async function serve(options: RoutingApiOptions, inside: Inside, ground: Ground) {
  const { clock, random, log, database, embedded } = ground;
  const keys = await openKeyring(options.dataFolder, clock);
  const anchor = startAnchor(options.dataFolder, (error) =>
    log.error({ error: traceOf(error) }, 'anchor not written'),
  );
  database.onAuditHead((head) => anchor.note(head));
  const epoch = await settleEpoch(database, options.dataFolder, clock, random);
  if (epoch === 'restored')
    log.warn('the database was restored from a backup: terminals will offer again what they hold');
  await putIntoForce(database, inside.catalogue, clock);

  const centre: Centre = {
    database,
    keys,
    clock,
    random,
    log,
    demonstration: options.demonstration,
    catalogue: inside.catalogue,
    catalogueOf: catalogueVersions(database, inside.catalogue),
    epoch: async () => {
      const { rows } = await database.query<{ epoch: string }>('select epoch from centre');
      return rows[0]?.epoch ?? '';
    },
  };
  const authority = await openAuthority(options.dataFolder, options.demonstration, {
    clock,
    random,
  });
  if (authority === undefined)
    log.warn('no certificate authority: kiosks and counters cannot certify signatures');
  const session = options.demonstration ? await demonstrationSession(centre) : noSession;
  const failed = (what: string) => (error: unknown) => log.error({ error: traceOf(error) }, what);
  const news = await startNews(database, failed('news interrupted'));
  const streams = createStreams(centre, news);
  const app = createServer(log, { checkAnswers: inside.checkAnswers });
  limitRequests(app, clock);
  const openApi = collectOperations(app);
  docsRoutes(app, openApi);
  probeRoutes(app, centre);
  sessionRoutes(app, centre, session);
  const rooms: Rooms = {
    centre,
    authorities: authority === undefined ? [] : [authority.root],
    trust: await openTrust(options.dataFolder, options.demonstration),
    register: options.demonstration ? simulatedRegister() : noRegister,
  };
  const judging = startJudging(rooms);
  terminalRoutes(app, { centre, authority, session, streams, judgeSoon: judging.soon });
  caseRoutes(app, { centre, session, authorities: rooms.authorities });
  const everyMinute = setInterval(() => {
    judging.soon();
    tick(centre).catch(failed('tick failed'));
  }, 60_000);
  judging.soon();
  await servePages(app, options.pages);
  try {
    await app.listen({ port: options.port, host: options.host });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartFailure('port-taken', startSentence('port-taken', { port: options.port }));
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  let stopping: Promise<void> | undefined;
  return {
    centre,
    judging,
    origin: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    stop: () => {
      stopping ??= (async () => {
        clearInterval(everyMinute);
        streams.endAll();
        await app.close();
        await judging.stop();
        await news.stop();
        await anchor.settle();
        await database.close();
        await embedded?.stop();
      })();
      return stopping;
    },
  };
}
