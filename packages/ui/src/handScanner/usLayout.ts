const letters = Object.fromEntries(
  [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => [
    `Key${letter.toUpperCase()}`,
    [letter, letter.toUpperCase()] as const,
  ]),
);
const digits = Object.fromEntries(
  [...')!@#$%^&*('].map((sign, digit) => [`Digit${digit}`, [String(digit), sign] as const]),
);
const pad = Object.fromEntries(
  Array.from({ length: 10 }, (_, digit) => [
    `Numpad${digit}`,
    [String(digit), String(digit)] as const,
  ]),
);

/**
 * What stands on the keys of a US keyboard, without and with Shift, by `KeyboardEvent.code` (UI Events KeyboardEvent code
 * Values). Scanners send these keys whatever layout or input method the machine has.
 */
const keys: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  ...letters,
  ...digits,
  ...pad,
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
  Tab: ['\t', '\t'],
  Enter: ['\n', '\n'],
  NumpadEnter: ['\n', '\n'],
  NumpadDecimal: ['.', '.'],
  NumpadAdd: ['+', '+'],
  NumpadSubtract: ['-', '-'],
  NumpadMultiply: ['*', '*'],
  NumpadDivide: ['/', '/'],
};

/** The character of a key; `undefined` for keys that write nothing. */
export function characterOf(code: string, shift: boolean): string | undefined {
  return keys[code]?.[shift ? 1 : 0];
}

/** The control character of Ctrl with a key (Ctrl+J is a line feed), as scanners send those inside a code. */
export function controlCharacterOf(code: string): string | undefined {
  const sign = keys[code]?.[0].toUpperCase();
  return sign !== undefined && /^[A-Z[\\\]]$/.test(sign)
    ? String.fromCharCode(sign.charCodeAt(0) & 0x1f)
    : undefined;
}

/** How a US keyboard writes a character; `undefined` where it cannot. */
export function keyFor(
  character: string,
): { readonly code: string; readonly shift: boolean } | undefined {
  for (const [code, written] of Object.entries(keys)) {
    if (written[0] === character) return { code, shift: false };
    if (written[1] === character) return { code, shift: true };
  }
  return undefined;
}
