import type { Installation, Profile } from '../bridge.ts';
import { type HandScannerSetUp, readSetUp } from './setUp.ts';

/** How this terminal was set up. Read once at start; a fault ends the start with a sentence, never with a default. */
export interface Configuration {
  readonly profile: Profile;
  /** Origin of the routing API, e.g. `https://tongban.example.gov.cn`. */
  readonly centre: string;
  readonly demonstration: boolean;
  /** Where the built pages lie. */
  readonly pages: string;
  /** Device file of the resident-card reader, `/dev/ttyUSB0`. Without one this terminal reads no cards. */
  readonly cardReader?: string;
  /** Without one only scanners that type are heard. */
  readonly handScanner?: HandScannerSetUp;
  /** What the page needs to be admitted by the centre. */
  readonly installation: Installation;
}

export type ConfigurationFault =
  | 'unknown-profile'
  | 'centre-not-an-origin'
  | 'centre-not-https'
  | 'set-up-unreadable'
  | 'hall-malformed'
  | 'enrolment-code-malformed'
  | 'card-reader-malformed'
  | 'hand-scanner-malformed'
  | 'centre-key-unreadable'
  | 'demonstration-in-production';

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** The text of a file, `undefined` where it cannot be read. */
export type ReadText = (path: string) => string | undefined;

/**
 * Reads the arguments (`--profile`, `--centre`, `--hall`, `--enrolment-code-file`, `--centre-key-file`,
 * `--card-reader`, `--hand-scanner`, `--demonstration`) and the set-up file that `--set-up` names, a JSON object of the same names; an argument counts
 * before the file. Checks that they belong together.
 */
export function configure(
  args: readonly string[],
  packaged: boolean,
  pages: string,
  read: ReadText,
): { ok: true; value: Configuration } | { ok: false; error: ConfigurationFault } {
  const setUp = readSetUp(args, read);
  if (!setUp.ok) return setUp;
  const {
    profile = 'self-service',
    centre: named,
    cardReader,
    handScanner,
    installation,
  } = setUp.value;
  if (profile !== 'self-service' && profile !== 'counter')
    return { ok: false, error: 'unknown-profile' };
  let centre: URL;
  try {
    centre = new URL(named ?? 'http://127.0.0.1:7300');
  } catch {
    return { ok: false, error: 'centre-not-an-origin' };
  }
  if (centre.pathname !== '/' || centre.username !== '' || centre.search !== '') {
    return { ok: false, error: 'centre-not-an-origin' };
  }
  if (
    centre.protocol !== 'https:' &&
    !(centre.protocol === 'http:' && loopback.has(centre.hostname))
  ) {
    return { ok: false, error: 'centre-not-https' };
  }
  const demonstration = args.includes('--demonstration');
  if (demonstration && packaged) return { ok: false, error: 'demonstration-in-production' };
  return {
    ok: true,
    value: {
      profile,
      centre: centre.origin,
      demonstration,
      pages,
      ...(cardReader !== undefined && { cardReader }),
      ...(handScanner !== undefined && { handScanner }),
      installation,
    },
  };
}

/**
 * Switches that would open the running terminal to whoever can start it. Fuses do not block Chromium's own.
 */
export function forbiddenSwitch(args: readonly string[]): string | undefined {
  const forbidden =
    /^--(remote-debugging-(port|pipe|address)|inspect(-brk|-port|-publish-uid)?|js-flags|load-extension|disable-web-security|no-sandbox|disable-site-isolation-trials|host-rules|host-resolver-rules|proxy-server|proxy-pac-url|ignore-certificate-errors.*|user-data-dir|renderer-cmd-prefix|gpu-launcher|utility-cmd-prefix|enable-logging|log-net-log|unsafely-treat-insecure-origin-as-secure|auth-server-whitelist|use-file-for-fake-video-capture|use-fake-.*)(=|$)/;
  return args.find((arg) => forbidden.test(arg));
}
