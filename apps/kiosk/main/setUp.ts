import { type CodeEnd, codeEnds } from '@tongban/core';
import Type from 'typebox';
import Value from 'typebox/value';
import type { Installation } from '../bridge.ts';
import type { ConfigurationFault, ReadText } from './configuration.ts';

/** Where a hand scanner is plugged in, and how it sends. */
export interface HandScannerSetUp {
  /** Device file. */
  readonly path: string;
  /** Bit/s. */
  readonly baudRate: number;
  readonly end: CodeEnd;
}

/** How a terminal was set up, before anything is checked against anything else. */
export interface SetUp {
  readonly profile?: string | undefined;
  readonly centre?: string | undefined;
  readonly cardReader?: string | undefined;
  readonly handScanner?: HandScannerSetUp | undefined;
  readonly installation: Installation;
}

const names = [
  'profile',
  'centre',
  'hall',
  'enrolment-code-file',
  'centre-key-file',
  'card-reader',
  'hand-scanner',
  'hand-scanner-baud',
  'hand-scanner-end',
] as const;
type Name = (typeof names)[number];

const SetUpFile = Type.Object(
  Object.fromEntries(names.map((name) => [name, Type.Optional(Type.String())])),
  { additionalProperties: false },
);
/** The public half only: a private key has no business in a terminal's set-up. */
const CentreKey = Type.Object(
  {
    kty: Type.Literal('EC'),
    crv: Type.Literal('P-256'),
    x: Type.String(),
    y: Type.String(),
    kid: Type.String(),
  },
  { additionalProperties: false },
);

/** Takes every setting from the arguments, else from the file that `--set-up` names, and reads the files they name. */
export function readSetUp(
  args: readonly string[],
  read: ReadText,
): { ok: true; value: SetUp } | { ok: false; error: ConfigurationFault } {
  const place = option(args, 'set-up');
  const file = place === undefined ? {} : json(read(place));
  if (!Value.Check(SetUpFile, file)) return { ok: false, error: 'set-up-unreadable' };
  const setting = (name: Name) =>
    option(args, name) ?? (file as Readonly<Partial<Record<Name, string>>>)[name];

  const hall = setting('hall');
  if (hall !== undefined && !/^[a-z0-9][a-z0-9-]{0,39}$/.test(hall)) {
    return { ok: false, error: 'hall-malformed' };
  }
  const cardReader = setting('card-reader');
  // A device file. What it is shows when it is opened: it may be plugged in later than this starts.
  if (cardReader !== undefined && !/^\/[^\0]+$/.test(cardReader)) {
    return { ok: false, error: 'card-reader-malformed' };
  }
  const handScanner = handScannerOf(setting);
  if (handScanner === null) return { ok: false, error: 'hand-scanner-malformed' };
  const codePlace = setting('enrolment-code-file');
  // A code is used once: afterwards its file may be gone, and that is no fault.
  const enrolmentCode = codePlace === undefined ? undefined : read(codePlace)?.trim();
  if (enrolmentCode !== undefined && !/^[0-9 -]{8,40}$/.test(enrolmentCode)) {
    return { ok: false, error: 'enrolment-code-malformed' };
  }
  const keyPlace = setting('centre-key-file');
  const centreKey = keyPlace === undefined ? undefined : json(read(keyPlace));
  if (centreKey !== undefined && !Value.Check(CentreKey, centreKey)) {
    return { ok: false, error: 'centre-key-unreadable' };
  }
  if (keyPlace !== undefined && centreKey === undefined) {
    return { ok: false, error: 'centre-key-unreadable' };
  }
  return {
    ok: true,
    value: {
      profile: setting('profile'),
      centre: setting('centre'),
      cardReader,
      handScanner,
      installation: {
        ...(hall === undefined ? {} : { hall }),
        ...(enrolmentCode === undefined ? {} : { enrolmentCode }),
        ...(centreKey === undefined ? {} : { centreKey }),
      },
    },
  };
}

/** `null` where what was set cannot be. */
function handScannerOf(
  setting: (name: Name) => string | undefined,
): HandScannerSetUp | null | undefined {
  const path = setting('hand-scanner');
  const baud = setting('hand-scanner-baud');
  const ending = setting('hand-scanner-end');
  if (path === undefined) return baud === undefined && ending === undefined ? undefined : null;
  const end = codeEnds.find((one) => one === (ending ?? 'pause'));
  const possible = /^\/[^\0]+$/.test(path) && /^[1-9][0-9]{2,6}$/.test(baud ?? '9600');
  return possible && end !== undefined ? { path, baudRate: Number(baud ?? 9_600), end } : null;
}

function json(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function option(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (at < 0) return undefined;
  const arg = args[at] ?? '';
  return arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : args[at + 1];
}
