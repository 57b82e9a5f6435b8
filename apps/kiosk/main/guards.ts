import type { App, Session, WebContents } from 'electron';
import { origin } from './pages.ts';

/** Something a page or a person tried that a terminal does not do. */
export interface Refusal {
  readonly what:
    | 'navigation'
    | 'redirect'
    | 'window'
    | 'webview'
    | 'download'
    | 'permission'
    | 'device'
    | 'certificate'
    | 'switch'
    | 'ipc';
  /** Origin or name only: never a path, a query or a value. */
  readonly detail: string;
}

type Refuse = (refusal: Refusal) => void;

/** Denies every way out of our own pages. Each refusal is logged; none shows the person anything. */
export function guardContents(app: App, refuse: Refuse): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (details) => {
      if (isOurs(details.url)) return;
      details.preventDefault();
      refuse({ what: 'navigation', detail: originOf(details.url) });
    });
    contents.on('will-frame-navigate', (details) => {
      if (isOurs(details.url)) return;
      details.preventDefault();
      refuse({ what: 'navigation', detail: originOf(details.url) });
    });
    contents.on('will-redirect', (details) => {
      details.preventDefault();
      refuse({ what: 'redirect', detail: originOf(details.url) });
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
      refuse({ what: 'webview', detail: 'attach' });
    });
    contents.setWindowOpenHandler(({ url }) => {
      refuse({ what: 'window', detail: originOf(url) });
      return { action: 'deny' };
    });
  });
  app.on('certificate-error', (event, _contents, url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
    refuse({ what: 'certificate', detail: originOf(url) });
  });
}

/** What `navigator.storage.persist()` asks for; Electron's types do not name it. */
const lasting = 'persistent-storage' as string;

/** Denies permissions, devices and downloads of a session; our own page may use the camera and keep what it stores. */
export function guardSession(session: Session, refuse: Refuse): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const asked = (permission === 'media' && isCamera(details)) || permission === lasting;
    const allowed = asked && isOurs(contents.getURL());
    if (!allowed) refuse({ what: 'permission', detail: permission });
    answer(allowed);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requesting) =>
      (permission === 'media' || permission === lasting) && isOurs(requesting),
  );
  session.setDevicePermissionHandler((details) => {
    refuse({ what: 'device', detail: details.deviceType });
    return false;
  });
  session.on('will-download', (event, item) => {
    event.preventDefault();
    refuse({ what: 'download', detail: originOf(item.getURL()) });
  });
}

/** Keys that would leave the kiosk's page: developer tools, reload, zoom, print, find, close. */
export function guardKeys(contents: WebContents): void {
  contents.on('before-input-event', (event, input) => {
    const chord = input.control || input.meta || input.alt;
    // A scanner that types sends Chinese so.
    const keypad = !input.control && !input.meta && /^(Numpad\d|Alt(Left|Right))$/.test(input.code);
    const functionKey = /^F(5|11|12)$/.test(input.key);
    const editing = chord && /^[acvxz]$/i.test(input.key) && !input.alt;
    if (
      (chord && !editing && !keypad && input.key !== 'Control' && input.key !== 'Enter') ||
      functionKey
    ) {
      event.preventDefault();
    }
  });
}

export function isOurs(url: string): boolean {
  return url === origin || url.startsWith(`${origin}/`);
}

function isCamera(details: object): boolean {
  const { mediaTypes } = details as { mediaTypes?: readonly string[] };
  return mediaTypes?.length === 1 && mediaTypes[0] === 'video';
}

function originOf(url: string): string {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return 'malformed';
  }
}
