import { keyFor } from './usLayout.ts';

/** One report of a keyboard wedge: a key goes down or up. */
export interface WedgeKey {
  readonly type: 'keydown' | 'keyup';
  readonly code: string;
  readonly shift: boolean;
  /** What the key writes; the name of a key that writes nothing. */
  readonly key: string;
}

/**
 * The keys with which a scanner types `text` and Enter on a US keyboard, for simulated scanners and tests.
 * @throws Error for a character that is on no key of it.
 */
export function wedgeKeys(text: string, ending = '\n'): readonly WedgeKey[] {
  const named: Readonly<Record<string, string>> = { '\n': 'Enter', '\t': 'Tab' };
  return [...text, ...ending].flatMap((character): readonly WedgeKey[] => {
    const found = keyFor(character);
    if (found === undefined) throw new Error('A character that is on no key');
    const { code, shift } = found;
    const key = named[character] ?? character;
    const typed = (['keydown', 'keyup'] as const).map((type) => ({ type, code, shift, key }));
    if (!shift) return typed;
    return [
      { type: 'keydown', code: 'ShiftLeft', shift: true, key: 'Shift' },
      ...typed,
      { type: 'keyup', code: 'ShiftLeft', shift: false, key: 'Shift' },
    ];
  });
}
