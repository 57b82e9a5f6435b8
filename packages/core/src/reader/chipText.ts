import { err, ok, type Result } from '../result.ts';

/** Bytes of text on a chip. */
export const textLength = 256;
const flagAt = 248;

/** Each field's name, where it begins, and its length, in bytes. */
const layouts = {
  resident: [
    ['name', 0, 30],
    ['sex', 30, 2],
    ['ethnicity', 32, 4],
    ['birth', 36, 16],
    ['address', 52, 70],
    ['number', 122, 36],
    ['issuer', 158, 30],
    ['from', 188, 16],
    ['until', 204, 16],
  ],
  'hong-kong-macao-taiwan': [
    ['name', 0, 30],
    ['sex', 30, 2],
    ['birth', 36, 16],
    ['address', 52, 70],
    ['number', 122, 36],
    ['issuer', 158, 30],
    ['from', 188, 16],
    ['until', 204, 16],
    ['permit', 220, 18],
    ['issues', 238, 4],
  ],
  'foreigner-2017': [
    ['latinName', 0, 120],
    ['sex', 120, 2],
    ['number', 122, 30],
    ['nationality', 152, 6],
    ['name', 158, 30],
    ['from', 188, 16],
    ['until', 204, 16],
    ['birth', 220, 16],
    ['version', 236, 4],
    ['authority', 240, 8],
  ],
  'foreigner-2023': [
    ['name', 0, 30],
    ['sex', 30, 2],
    ['renewals', 32, 4],
    ['birth', 36, 16],
    ['latinName', 52, 70],
    ['number', 122, 36],
    ['from', 188, 16],
    ['until', 204, 16],
    ['latinRest', 220, 22],
    ['nationality', 242, 6],
    ['link', 250, 6],
  ],
} as const;
const flags = {
  resident: '',
  'hong-kong-macao-taiwan': 'J',
  'foreigner-2017': 'I',
  'foreigner-2023': 'Y',
} as const;

type Layouts = typeof layouts;
type Kind = keyof Layouts;

/**
 * What a chip says, as it says it: dates as `YYYYMMDD`, an end of `长期` for none, codes as codes, without the spaces
 * that fill a field up. The kinds are the resident card, the residence permit for residents of Hong Kong, Macao and
 * Taiwan, and the two issues of the foreigner's permanent residence card.
 */
export type ChipText = {
  [K in Kind]: { readonly kind: K } & { readonly [F in Layouts[K][number][0]]: string };
}[Kind];

/**
 * Reads the 256 bytes of text of a chip (GA 450; UTF-16, little-endian). `unknown-kind` is a card of none of the four
 * layouts, `not-text` one whose bytes are no text: half a character, or a control character.
 */
export function readText(bytes: Uint8Array): Result<ChipText, 'unknown-kind' | 'not-text'> {
  const flag = fieldAt(bytes, flagAt, 2);
  const kind = (Object.keys(flags) as Kind[]).find((each) => flags[each] === flag);
  if (kind === undefined) return err('unknown-kind');
  const said: Record<string, string> = { kind };
  for (const [name, at, length] of layouts[kind]) {
    const value = fieldAt(bytes, at, length);
    if (value === undefined) return err('not-text');
    said[name] = value;
  }
  return ok(said as ChipText);
}

/** The 70 bytes of an address that was given after the card; `undefined` when they are no text. */
export function readNewAddress(bytes: Uint8Array): string | undefined {
  return fieldAt(bytes, 0, newAddressLength);
}
export const newAddressLength = 70;

/**
 * What a chip that says `text` holds.
 * @throws Error when a value is longer than its field.
 */
export function writeText(text: ChipText): Uint8Array {
  const bytes = filled(textLength);
  for (const [name, at, length] of layouts[text.kind])
    write(bytes, at, length, (text as Readonly<Record<string, string>>)[name] ?? '');
  write(bytes, flagAt, 2, flags[text.kind]);
  return bytes;
}

/** As `writeText`, for an address that was given after the card. */
export function writeNewAddress(address: string): Uint8Array {
  const bytes = filled(newAddressLength);
  write(bytes, 0, newAddressLength, address);
  return bytes;
}

function fieldAt(bytes: Uint8Array, at: number, length: number): string | undefined {
  const units = new Uint16Array(length / 2);
  for (const i of units.keys())
    units[i] = (bytes[at + 2 * i] ?? 0) | ((bytes[at + 2 * i + 1] ?? 0) << 8);
  const text = String.fromCharCode(...units).replace(/[ \0]+$/, '');
  return text.isWellFormed() && !/\p{Cc}/u.test(text) ? text : undefined;
}

function filled(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at % 2 === 0 ? 0x20 : 0));
}

function write(bytes: Uint8Array, at: number, length: number, text: string): void {
  if (2 * text.length > length) throw new Error(`Too long for its field on a chip: ${text.length}`);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    bytes[at + 2 * i] = unit & 0xff;
    bytes[at + 2 * i + 1] = unit >> 8;
  }
}
