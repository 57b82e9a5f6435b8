/**
 * Text of a code's bytes. The standards name Latin-1 where nothing else is said; in practice the
 * bytes are UTF-8, on older Chinese systems GBK, on Japanese ones Shift_JIS. UTF-8 is tried strictly,
 * since longer text in another encoding is hardly ever valid UTF-8; of two or three Chinese characters one name in
 * thirty is, and then in letters that nobody writes beside each other. The double-byte encodings accept almost
 * anything, so they must also give mostly everyday characters. What is none of these is shown byte
 * by byte.
 */
export function textOf(bytes: Uint8Array): string {
  const utf8 = strictly('utf-8', bytes);
  if (utf8 !== undefined && (isWritten(utf8) || !mostly(bytes, everydayChinese))) return utf8;
  return (
    (isKatakana(bytes) ? strictly('shift_jis', bytes) : undefined) ??
    (mostly(bytes, everydayChinese) ? strictly('gb18030', bytes) : undefined) ??
    (mostly(bytes, everydayJapanese) ? strictly('shift_jis', bytes) : undefined) ??
    bytewise(bytes)
  );
}

/**
 * GB 2312 signs and its first level, where nearly all running Chinese text lies; accented Latin-1
 * letters fall beyond it. Four-byte characters of GB 18030 are not met by chance.
 */
function everydayChinese(lead: number, trail: number): boolean {
  if (trail >= 0x30 && trail <= 0x39) return true;
  return trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xd7));
}

/** JIS X 0208 signs, full-width letters and kana. */
function everydayJapanese(lead: number): boolean {
  return lead >= 0x81 && lead <= 0x83;
}

const scripts = [
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
];

/**
 * Whether anybody would write letters so: those beyond ASCII of one script, Latin ones no more than there are of ASCII.
 * From U+0800 on UTF-8 has three bytes and more to a character, which other encodings do not meet by chance.
 */
function isWritten(text: string): boolean {
  const letters = [...text].filter((letter) => letter >= '\u0080');
  if (letters.some((letter) => letter >= '\u0800')) return true;
  if (scripts.some((script) => letters.every((letter) => script.test(letter)))) return true;
  const plain = text.match(/[A-Za-z]/g)?.length ?? 0;
  return letters.length <= plain && letters.every((letter) => letter < '\u0180');
}

/**
 * Half-width katakana, a byte each, are Chinese characters by the pair. What tells them: no high byte beyond their
 * range (but in whole double-byte characters of Shift_JIS), and two voicing marks or more, each behind a syllable that
 * can be voiced. In Chinese text all of that together is met once in several thousand names.
 */
function isKatakana(bytes: Uint8Array): boolean {
  let marks = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) continue;
    if ((byte >= 0x81 && byte <= 0x9f) || byte >= 0xe0) {
      i += 1;
      continue;
    }
    if (byte < 0xa1) return false;
    if (byte !== 0xde && byte !== 0xdf) continue;
    const before = bytes[i - 1] ?? 0;
    if (!((before >= 0xb6 && before <= 0xc4) || (before >= 0xca && before <= 0xce))) return false;
    marks += 1;
  }
  return marks >= 2;
}

/** Whether at least half of the double-byte characters are everyday ones. */
function mostly(bytes: Uint8Array, everyday: (lead: number, trail: number) => boolean): boolean {
  let pairs = 0;
  let plain = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[++i] ?? 0;
    pairs++;
    if (everyday(lead, trail)) plain++;
    if (trail >= 0x30 && trail <= 0x39) i += 2;
  }
  return plain * 2 >= pairs;
}

/** The label under which a reader shows bytes one character each; every byte can be got back. */
export const bytewiseLabel = 'windows-1252';

/** One character a byte. */
export function bytewise(bytes: Uint8Array): string {
  return new TextDecoder(bytewiseLabel).decode(bytes);
}

/** Inverse of {@link bytewise}; `undefined` when the text holds anything that is not one byte. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = byteFor(text.charCodeAt(i));
    if (code === undefined) return undefined;
    out[i] = code;
  }
  return out;
}

/**
 * Decodes again what a reader showed byte by byte. `segments` are the byte runs it reported, in
 * order: parts between them (digits, Kanji, runs with a declared character set) stay as they are.
 * Neighbouring runs are joined, since an encoder may split inside a character.
 */
export function redecoded(text: string, segments: readonly Uint8Array[]): string {
  let out = '';
  let rest = text;
  let run: Uint8Array[] = [];
  // What one run is too short to tell, all together do.
  const label = isKatakana(joined(segments)) ? 'shift_jis' : undefined;
  const flush = () => {
    const bytes = joined(run);
    if (run.length > 0) out += (label && strictly(label, bytes)) ?? textOf(bytes);
    run = [];
  };
  for (const segment of segments) {
    const shown = bytewise(segment);
    const at = rest.indexOf(shown);
    if (at < 0 || shown === '') continue;
    if (at > 0) {
      flush();
      out += rest.slice(0, at);
    }
    run.push(segment);
    rest = rest.slice(at + shown.length);
  }
  flush();
  return out + rest;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function strictly(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (fault) {
    if (fault instanceof TypeError) return undefined;
    throw fault;
  }
}

function byteFor(code: number): number | undefined {
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
  const at = upper.indexOf(String.fromCharCode(code));
  return at < 0 ? undefined : 0x80 + at;
}

/** 0x80 to 0x9F, where windows-1252 departs from Latin-1. */
const upper = bytewise(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i));
