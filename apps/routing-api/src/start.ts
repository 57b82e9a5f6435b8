import { mkdir } from 'node:fs/promises';
import { type Catalogue, type Clock, type Random, systemClock, systemRandom } from '@tongban/core';
import { startAnchor } from './audit/anchor.ts';
import { settleEpoch } from './audit/epoch.ts';
import { watchLife } from './audit/life.ts';
import { caseRoutes } from './cases/routes.ts';
import { tick } from './cases/tick.ts';
import { catalogueVersions, putIntoForce } from './catalogue.ts';
import { knownRoutes } from './custody/known.ts';
import { custodyRoutes } from './custody/routes.ts';
import { connect } from './database/database.ts';
import { startEmbedded } from './database/embedded.ts';
import { StartFailure } from './database/failure.ts';
import { migrate } from './database/migrate.ts';
import { collectOperations } from './docs/openapi.ts';
import { docsRoutes } from './docs/routes.ts';
import { type Ending, lastStartedFirst } from './ending.ts';
import { handoverRoutes } from './handover/routes.ts';
import { healthRoutes } from './health/routes.ts';
import { boundBodies } from './http/bodies.ts';
import type { Centre } from './http/context.ts';
import { limitRequests } from './http/limits.ts';
import { type Pages, servePages } from './http/pages.ts';
import { probeRoutes } from './http/probe.ts';
import { createServer, type Server, traceOf } from './http/server.ts';
import { type Judging, startJudging } from './judgement/queue.ts';
import type { Rooms } from './judgement/rooms.ts';
import { noRegister, simulatedRegister } from './judgement/simulatedRegister.ts';
import { openTrust } from './judgement/trust.ts';
import { openKeyring } from './keys/keyring.ts';
import { createLog, type LogTarget } from './log.ts';
import { demonstrationSession } from './session/demonstration.ts';
import { grantRoute } from './session/grantRoute.ts';
import { openGrants } from './session/grants.ts';
import { noAccounts } from './session/none.ts';
import { codeRoutes } from './session/provider/codeRoutes.ts';
import { openProvider } from './session/provider/provider.ts';
import { providerRoutes } from './session/provider/routes.ts';
import { overTls, type ProviderSettings } from './session/provider/settings.ts';
import { sessionRoutes } from './session/routes.ts';
import { sessionStore } from './session/store.ts';
import { startNews } from './status/news.ts';
import { statusRoutes } from './status/routes.ts';
import { createStreams } from './status/stream.ts';
import { openAuthority } from './terminal/authority.ts';
import { revokedCertificates } from './terminal/certificates.ts';
import { rememberProofs } from './terminal/proof.ts';
import { provenBy } from './terminal/proven.ts';
import { terminalRoutes } from './terminal/routes.ts';
import { putTrustIntoForce } from './terminal/trusted.ts';
import { uploadRoutes } from './upload/routes.ts';
import { sweepUploads } from './upload/store.ts';
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
  /** False: only takes into custody, streams and answers; another process on the same database judges. Default: true. */
  readonly judges?: boolean;
  /** How long staff may work at a counter without a line after signing in; usually twelve hours. */
  readonly staffOfflineHours?: number;
  /** The OpenID provider that staff and citizens sign in through. */
  readonly provider?: ProviderSettings;
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

export interface StartedCentre extends RoutingApi {
  readonly centre: Centre;
  readonly judging: Judging;
}

/** Starts the centre with a catalogue. Resolves once it can serve; throws {@link StartFailure} with its remedy. */
export async function startCentre(
  options: RoutingApiOptions,
  inside: Inside,
): Promise<StartedCentre> {
  const log = createLog(options.log);
  const ending = lastStartedFirst((error) =>
    log.error({ error: traceOf(error) }, 'not ended cleanly'),
  );
  try {
    const started = await start(options, inside, log, ending);
    return { ...started, stop: () => ending.run() };
  } catch (error) {
    await ending.run();
    throw error;
  }
}

async function start(
  options: RoutingApiOptions,
  inside: Inside,
  log: Centre['log'],
  ending: Ending,
): Promise<Omit<StartedCentre, 'stop'>> {
  const { dataFolder, demonstration } = options;
  if (options.provider !== undefined) requireTls(options.provider);
  await mkdir(dataFolder, { recursive: true, mode: 0o711 });
  const centre = await openCentre(options, inside, log, ending);
  const { clock, random } = centre;
  const failed = (what: string) => (error: unknown) => log.error({ error: traceOf(error) }, what);
  const authority = await openAuthority(dataFolder, demonstration, { clock, random });
  if (authority === undefined)
    log.warn('no certificate authority: kiosks and counters cannot certify signatures');
  const store = sessionStore(centre);
  const session = demonstration ? await demonstrationSession(centre, store) : noAccounts(store);
  const provider = options.provider === undefined ? undefined : openProvider(options.provider);
  const rooms: Rooms = {
    centre,
    authorities: authority === undefined ? [] : [authority.root],
    revoked: () => revokedCertificates(centre.database),
    trust: centre.trust,
    register: demonstration ? simulatedRegister() : noRegister,
  };
  const news = await startNews(centre.database, failed('news interrupted'));
  ending.add(() => news.stop());
  // First of all listeners: who is told anew is told the life that is.
  news.onGap(centre.doubtEpoch);
  news.onBreak(centre.doubtEpoch);
  const judging = startJudging(rooms, options.judges ?? true);
  ending.add(() => judging.stop());
  const streams = createStreams(centre, news);

  const app = createServer(log, { checkAnswers: inside.checkAnswers });
  const limits = limitRequests(app, clock);
  boundBodies(app);
  docsRoutes(app, collectOperations(app));
  probeRoutes(app, centre);
  sessionRoutes(app, centre, session);
  providerRoutes(app, centre, store, provider);
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_, body, done) =>
    done(null, body),
  );
  const seen = rememberProofs();
  const proven = provenBy(centre, seen, limits);
  terminalRoutes(app, centre, authority, seen);
  codeRoutes(app, { centre, store, provider }, proven);
  grantRoute(app, centre, session, proven);
  healthRoutes(app, centre, session, proven);
  custodyRoutes(app, centre, proven, judging.soon);
  knownRoutes(app, centre, proven);
  uploadRoutes(app, centre, proven);
  statusRoutes(app, { centre, session, streams }, proven);
  handoverRoutes(app, centre, proven);
  caseRoutes(app, { ...rooms, session });
  await servePages(app, options.pages);
  ending.add(() => app.close());
  ending.add(() => streams.endAll());

  judging.soon();
  let ticking: Promise<unknown> | undefined;
  const everyMinute = setInterval(() => {
    judging.soon();
    // Behind a pooler no connection breaks here when the database does.
    centre.doubtEpoch();
    centre.epoch().catch(failed('epoch not known'));
    ticking ??= tick(centre)
      .catch(failed('tick failed'))
      .finally(() => {
        ticking = undefined;
      });
  }, 60_000);
  const everyHour = setInterval(() => {
    sweepUploads(centre).catch(failed('uploads not swept'));
    store.sweep().catch(failed('sessions not swept'));
  }, 3_600_000);
  ending.add(async () => {
    clearInterval(everyMinute);
    clearInterval(everyHour);
    await ticking;
  });
  return { centre, judging, origin: await listen(app, options) };
}

function requireTls({ issuer, origins }: ProviderSettings): void {
  for (const url of [issuer, ...origins])
    if (!overTls(url))
      throw new StartFailure('provider-clear', startSentence('provider-clear', { url }));
}

/** Database, keys, epoch and catalogue: what the centre is, before anyone can ask it anything. */
async function openCentre(
  options: RoutingApiOptions,
  inside: Inside,
  log: Centre['log'],
  ending: Ending,
): Promise<Centre> {
  const { dataFolder, databaseUrl, clock = systemClock, random = systemRandom } = options;
  let url = databaseUrl;
  if (url === undefined) {
    const embedded = await startEmbedded(dataFolder);
    ending.add(() => embedded.stop());
    if (embedded.adopted) log.warn('took over a database server that a crash had left');
    ({ url } = embedded);
  }
  const database = await connect(url, clock);
  ending.add(() => database.close());
  await migrate(database.pool);
  const keys = await openKeyring(dataFolder, clock);
  const grants = await openGrants(dataFolder, clock, options.staffOfflineHours);
  const anchor = startAnchor(dataFolder, (error) =>
    log.error({ error: traceOf(error) }, 'anchor not written'),
  );
  ending.add(() => anchor.settle());
  if ((await settleEpoch({ database, dataFolder, anchor, clock, random })) === 'restored') {
    log.warn('the database was restored from a backup: terminals will offer again what they hold');
  }
  const life = await watchLife({ database, anchor, random, log });
  const { catalogue } = inside;
  await putIntoForce(database, catalogue, clock);
  const trust = await openTrust(dataFolder, options.demonstration);
  await putTrustIntoForce(database, trust);
  return {
    database,
    keys,
    grants,
    clock,
    random,
    log,
    demonstration: options.demonstration,
    trust,
    catalogue,
    catalogueOf: await catalogueVersions(database, catalogue),
    epoch: life.epoch,
    remembered: life.remembered,
    doubtEpoch: life.doubt,
  };
}

async function listen(app: Server, { host, port }: RoutingApiOptions): Promise<string> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartFailure('port-taken', startSentence('port-taken', { port }));
  }
  const address = app.server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`;
}
