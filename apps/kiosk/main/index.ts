import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  app,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  net,
  protocol,
  safeStorage,
  session,
} from 'electron';
import { attachReader } from './cardReader.ts';
import { configure, forbiddenSwitch } from './configuration.ts';
import { guardContents, guardSession, type Refusal } from './guards.ts';
import { attachScanner } from './handScanner.ts';
import { log } from './log.ts';
import { findMasterKey } from './masterKey.ts';
import { onDiskAt } from './onDisk.ts';
import { origin, servePage } from './pages.ts';
import { openPinLock } from './pinLock.ts';
import { createRelay } from './relay.ts';
import { saveExport } from './saveExport.ts';
import { createUpdate } from './update.ts';
import { openVault } from './vault.ts';
import { answerVerbs, pinHandlers, vaultHandlers } from './verbs.ts';
import { openScreen } from './window.ts';

/** Exit code 78 is EX_CONFIG of sysexits.h: systemd must not restart into the same fault. */
const configurationFault = 78;
const minute = 60_000;

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  {
    scheme: 'app',
    privileges: {
      standard: true,
      secure: true,
      supportFetchAPI: true,
      codeCache: true,
      stream: true,
    },
  },
]);

const refuse = (refusal: Refusal) => log('refused', { what: refusal.what, detail: refusal.detail });

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function stop(reason: string): never {
  log('start.refused', { reason });
  app.exit(configurationFault);
  throw new Error(reason);
}

const forbidden = app.isPackaged ? forbiddenSwitch(process.argv) : undefined;
if (forbidden !== undefined) stop(`switch ${forbidden.split('=')[0]}`);
const configured = configure(
  process.argv,
  app.isPackaged,
  join(import.meta.dirname, '..', 'renderer'),
  readText,
);
if (!configured.ok) stop(configured.error);
const configuration = configured.value;
if (!app.requestSingleInstanceLock()) {
  log('start.runsAlready');
  app.exit(0);
}

// The default menu carries keys of its own: reload, zoom, developer tools, quit.
Menu.setApplicationMenu(null);
guardContents(app, refuse);
app.on('window-all-closed', () => app.quit());
app.on('child-process-gone', (_event, details) =>
  log('child.gone', { type: details.type, reason: details.reason }),
);

// Not awaited at the top: Electron becomes ready only once this module has run to its end.
app
  .whenReady()
  .then(start)
  .catch((cause: unknown) => {
    log('start.failed', { reason: (cause as Error).name });
    app.exit(1);
  });

/** With what lies on the disk now. The outbox is on the disk at any moment; nothing needs to be brought to an end. */
function startAgain(): void {
  log('update.start');
  app.relaunch();
  app.exit(0);
}

async function start(): Promise<void> {
  guardSession(session.defaultSession, refuse);

  const { relay, forget } = createRelay(configuration.centre, (url, init) =>
    // `credentials: omit` keeps Chromium's own cookie jar out: the relay holds the one cookie there is.
    net.fetch(url, { ...init, credentials: 'omit' }),
  );
  protocol.handle('app', (request) => {
    const url = new URL(request.url);
    if (`${url.protocol}//${url.host}` !== origin) return new Response(null, { status: 404 });
    return url.pathname.startsWith('/api/')
      ? relay(request)
      : servePage(configuration.pages, url.pathname);
  });

  const vaultFolder = join(app.getPath('userData'), 'vault');
  const masterKey = await findMasterKey(
    vaultFolder,
    safeStorage,
    process.env,
    configuration.demonstration,
  );
  if (!masterKey.ok) stop(masterKey.error);
  const vault = await openVault(vaultFolder, masterKey.value);

  const cardReader = attachReader(configuration);
  const handScanner = attachScanner(configuration);
  const selfService = configuration.profile === 'self-service';
  const update = createUpdate({
    onDisk: onDiskAt(app.isPackaged ? app.getAppPath() : join(app.getAppPath(), 'package.json')),
    now: Date.now,
    // What is begun at a counter stays for the days to come, and is there again after the start.
    inVisit: async () => selfService && (await vault.visits()).length > 0,
    quietAfter: selfService ? 2 * minute : 30 * minute,
    onReady: () => log('update.ready'),
  });
  const screen = openScreen(
    app,
    configuration,
    join(import.meta.dirname, '..', 'preload', 'index.cjs'),
    update.touched,
  );
  setInterval(() => {
    update.isDueNow().then(
      (due) => {
        if (due) startAgain();
      },
      // A vault that does not answer now may answer at the next look.
      (cause: Error) => log('update.unclear', { reason: cause.name }),
    );
  }, minute / 6);
  answerVerbs(
    (channel, answer) => ipcMain.handle(channel, answer),
    {
      ...vaultHandlers(vault),
      ...pinHandlers(await openPinLock(vaultFolder, masterKey.value)),
      ...cardReader.handlers,
      ...handScanner.handlers,
      installation: async () => configuration.installation,
      async saveExport(name, bytes) {
        // A person at a self-service terminal has no business with the machine's files.
        if (configuration.profile !== 'counter') {
          refuse({ what: 'ipc', detail: 'saveExport' });
          throw new Error('refused');
        }
        return saveExport(name, bytes, async (defaultPath) => {
          const { filePath } = await dialog.showSaveDialog({ defaultPath });
          return filePath === '' ? undefined : filePath;
        });
      },
      async endVisit() {
        // The page that waited for a card or a code goes: the next one is for whoever comes next.
        cardReader.end();
        handScanner.end();
        forget();
        clipboard.clear();
        log('visit.ended');
        if (!update.isDue()) return screen.renew();
        await screen.forget();
        startAgain();
      },
    },
    refuse,
  );
  log('ready', { profile: configuration.profile });
}
