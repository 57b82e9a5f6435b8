import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The full path of a program that PATH knows, or undefined. */
export function which(name: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here; the next folder may have it.
    }
  }
  return undefined;
}

/** Chromium or Chrome as the system has it; `CHROMIUM` names another one. */
export function findChromium(): string | undefined {
  return (
    process.env.CHROMIUM ??
    ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
      .map(which)
      .find((path) => path !== undefined)
  );
}

/** As `findChromium`. @throws Error saying what to install. */
export function chromiumPath(): string {
  const path = findChromium();
  if (path === undefined) {
    throw new Error('Chromium is missing: apt-get install chromium, or name one in CHROMIUM.');
  }
  return path;
}

/** What every Chromium under test is started with: nothing but the pages it is given. */
export const chromiumArguments = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The sandbox of Chromium does not start as root, which is what build machines are.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
