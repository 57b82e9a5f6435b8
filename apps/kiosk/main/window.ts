import { type App, BrowserWindow, screen } from 'electron';
import { createBackOff } from './backOff.ts';
import type { Configuration } from './configuration.ts';
import { guardKeys } from './guards.ts';
import { log } from './log.ts';
import { origin } from './pages.ts';

/** The one window. */
export interface Screen {
  /** Destroys the renderer process, opens a fresh page, and forgets. */
  renew(): Promise<void>;
  /** Clears what Chromium kept beside the databases. */
  forget(): Promise<void>;
}

/** Opens the terminal's window and keeps it alive: a crash, a hang or a lost GPU never leaves a white page. */
export function openScreen(
  app: App,
  configuration: Configuration,
  preload: string,
  onTouch: () => void,
): Screen {
  const backOff = createBackOff(Date.now);
  let current = open();

  function open(): BrowserWindow {
    const window = new BrowserWindow({
      // Without a window manager `kiosk: true` keeps 800×600, so the bounds are set as well.
      ...screen.getPrimaryDisplay().bounds,
      kiosk: !configuration.demonstration,
      frame: configuration.demonstration,
      autoHideMenuBar: true,
      backgroundColor: '#F6F4EE',
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        devTools: !app.isPackaged,
        spellcheck: false,
        additionalArguments: [
          `--tongban-profile=${configuration.profile}`,
          ...(configuration.demonstration ? ['--tongban-demonstration'] : []),
          ...(configuration.cardReader === undefined ? [] : ['--tongban-card-reader']),
          ...(configuration.handScanner === undefined ? [] : ['--tongban-hand-scanner']),
        ],
      },
    });
    const { webContents } = window;
    guardKeys(webContents);
    webContents.on('input-event', onTouch);
    webContents.on('render-process-gone', (_event, details) => {
      if (window !== current) return;
      log('renderer.gone', { reason: details.reason });
      recover();
    });
    webContents.on('unresponsive', () => {
      log('renderer.unresponsive');
      webContents.forcefullyCrashRenderer();
    });
    void load(window);
    return window;
  }

  async function load(window: BrowserWindow): Promise<void> {
    const path = configuration.profile === 'counter' ? '/counter/' : '/kiosk/';
    try {
      await window.loadURL(`${origin}${path}`);
    } catch (cause) {
      if (window.isDestroyed()) return;
      log('page.failed', { reason: (cause as Error).message.replace(/app:\S+/g, 'page') });
      recover();
    }
  }

  function recover(): void {
    const step = backOff();
    if (step.kind === 'relaunch') {
      log('app.relaunch');
      app.relaunch();
      app.exit(1);
      return;
    }
    setTimeout(replace, step.afterMs);
  }

  /** A new window before the old one goes: the last window closing must not end the application. */
  function replace(): void {
    const old = current;
    current = open();
    if (!old.isDestroyed()) old.destroy();
  }

  async function forget(): Promise<void> {
    const { session } = current.webContents;
    // IndexedDB stays: it holds the outbox. The visit's own databases were deleted by the page, their key by main.
    await session.clearCache();
    await session.clearCodeCaches({});
    await session.clearStorageData({
      storages: ['cookies', 'localstorage', 'serviceworkers', 'cachestorage'],
    });
    await session.clearAuthCache();
  }

  return {
    renew() {
      replace();
      return forget();
    },
    forget,
  };
}
