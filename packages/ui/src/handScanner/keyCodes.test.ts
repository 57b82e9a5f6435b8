import { type HandScan, ok } from '@tongban/core';
import { handTime } from '@tongban/core/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type KeyStroke, keyCodes, openEndPause, type Whose } from './keyCodes.ts';
import { wedgeKeys } from './wedgeKeys.ts';

const plain = {
  alt: false,
  ctrl: false,
  meta: false,
  capsLock: false,
  repeat: false,
  late: 0,
  shift: false,
};
type Turn = Partial<Omit<KeyStroke, 'at'>> & { readonly up?: boolean };

/** A keyboard in time, and what was made of its keys. */
function keyboard() {
  const time = handTime();
  const heard: (HandScan | undefined)[] = [];
  const said: string[] = [];
  const whose: Whose[] = [];
  const keys = keyCodes({
    timer: time.timer,
    onBegin: () => said.push('begin'),
    onPerson: () => said.push('person'),
    onScanner: () => said.push('scanner'),
    onEnd: (scan) => {
      said.push('end');
      heard.push(scan);
    },
  });
  const turn = (wait: number, { up, ...stroke }: Turn) => {
    time.pass(wait);
    const full = { code: '', key: '', ...plain, ...stroke, at: time.now() };
    const answer = up ? keys.up(full) : keys.down(full);
    if (!up) whose.push(answer);
    return answer;
  };
  return {
    time,
    heard,
    said,
    whose,
    keys,
    turn,
    /** As a scanner types: each key held for half of its time. */
    type(text: string, gap: number, more: Turn = {}, ending = '\n') {
      for (const { type, ...stroke } of wedgeKeys(text, ending))
        turn(gap / 2, { ...stroke, ...more, up: type === 'keyup' });
      time.pass(openEndPause);
    },
  };
}

const written = fc
  .tuple(
    fc.constantFrom('TB1:', 'TBH1:', 'eyJ', ''),
    fc.string({
      unit: fc.constantFrom(...'AZaz09-_.~:!@#$%^&*()=+[]{}\\|;\'",<>/?` '),
      minLength: 16,
      maxLength: 200,
    }),
  )
  .map(([front, rest]) => front + rest)
  .filter((text) => !/^\][A-Za-z][0-9A-Za-z]/.test(text));

describe('keys of a hand scanner', () => {
  test('are told at every pace, and come through exactly', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 2, max: 80 }), (text, gap) => {
        const at = keyboard();
        at.type(text, gap);
        expect(at.heard).toEqual([ok(text)]);
      }),
      { seed: 21, numRuns: 400 },
    );
  });

  test('are told with an input method on, which hides what they write', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 2, max: 80 }), (text, gap) => {
        const at = keyboard();
        at.type(text, gap, { key: 'Process' });
        expect(at.heard).toEqual([ok(text)]);
      }),
      { seed: 22, numRuns: 100 },
    );
  });

  test.each(['', '\n', '\t', '\n\n'])('may end with %j', (ending) => {
    const at = keyboard();
    at.type('TBH1:bG9j.a2V5', 20, {}, ending);
    expect(at.heard).toEqual([ok('TBH1:bG9j.a2V5')]);
  });

  test('may have Enter and Tab inside', () => {
    const at = keyboard();
    at.type('@ANSI 636000\nDAQ1\tZV', 12);
    expect(at.heard).toEqual([ok('@ANSI 636000\nDAQ1\tZV')]);
    expect(at.whose.slice(-3)).toEqual(['scanner', 'scanner', 'scanner']);
  });

  test('send control characters as chords', () => {
    const at = keyboard();
    for (const letter of 'ANSI63') at.turn(10, { code: codeOf(letter), shift: letter > '9' });
    at.turn(10, { code: 'ControlLeft', ctrl: true });
    at.turn(10, { code: 'KeyJ', ctrl: true });
    at.turn(10, { code: 'ControlLeft', up: true });
    at.turn(10, { code: 'KeyA' });
    at.time.pass(openEndPause);
    expect(at.heard).toEqual([ok('ANSI63\na')]);
  });

  test.each([
    ['places in Unicode', [...'南湖区'].map((one) => one.codePointAt(0) ?? 0)],
    ['pairs of bytes', [0xc4cf, 0xbafe, 0xc7f8]],
    ['bytes of GB 18030', [0xc4, 0xcf, 0xba, 0xfe, 0xc7, 0xf8]],
    ['bytes of UTF-8', [...new TextEncoder().encode('南湖区')]],
  ])('send Chinese with Alt and the keypad, as %s', (_how, numbers) => {
    const at = keyboard();
    const alt = (number: number) => {
      at.turn(5, { code: 'AltLeft', alt: true });
      for (const digit of String(number)) at.turn(5, { code: `Numpad${digit}`, alt: true });
      at.turn(5, { code: 'AltLeft', up: true });
    };
    for (const number of numbers) alt(number);
    for (const letter of '3A') at.turn(5, { code: codeOf(letter), shift: letter > '9' });
    alt(numbers[0] ?? 0);
    if (numbers.length > 3) for (const number of numbers.slice(1, numbers.length / 3)) alt(number);
    at.time.pass(openEndPause);
    expect(at.heard).toEqual([ok('南湖区3A南')]);
  });

  test('are read as printed with caps lock on, whether the scanner knows of it or not', () => {
    const code = 'TBH1:bG9j.a2V5';
    const knows = keyboard();
    knows.type(exchanged(code), 15, { capsLock: true });
    const doesNot = keyboard();
    doesNot.type(code, 15, { capsLock: true });
    const set = keyboard();
    set.type(exchanged('eyJhbGciOiJFUzI1NiJ9.e30.c2ln'), 15);
    expect([...knows.heard, ...doesNot.heard, ...set.heard]).toEqual([
      ok(code),
      ok(code),
      ok('eyJhbGciOiJFUzI1NiJ9.e30.c2ln'),
    ]);
  });

  test('are not guessed at with caps lock on where the beginning tells nothing', () => {
    const at = keyboard();
    at.type('Quittung-4711', 15, { capsLock: true });
    at.type('690123456789', 15, { capsLock: true });
    expect(at.heard).toEqual([{ ok: false, error: 'caps-lock' }, ok('690123456789')]);
  });

  test('that write nothing make a code unreadable', () => {
    const at = keyboard();
    at.type('TBH1:bG9j.', 15, {}, '');
    at.heard.length = 0;
    for (const code of ['KeyT', 'KeyB', 'KeyH', 'KeyA', 'KeyB', 'KeyC', 'IntlRo', 'KeyD'])
      at.turn(10, { code });
    at.time.pass(openEndPause);
    expect(at.heard).toEqual([{ ok: false, error: 'unreadable' }]);
  });

  test('two codes are two', () => {
    const at = keyboard();
    at.type('TBH1:bG9j.a2V5', 20);
    at.type('TB1:a.b.c-d', 20);
    expect(at.heard).toEqual([ok('TBH1:bG9j.a2V5'), ok('TB1:a.b.c-d')]);
    expect(at.said).toEqual(['begin', 'scanner', 'end', 'begin', 'scanner', 'end']);
  });

  test('of two codes are parted by their own time, where the page comes late to both', () => {
    const at = keyboard();
    for (const [begun, text] of [
      [0, 'TBH1:bG9j.a2V5'],
      [900, 'TB1:a.b.c-d'],
    ] as const)
      wedgeKeys(text).forEach(({ type, ...stroke }, index) => {
        const key = { ...plain, ...stroke, at: begun + index * 5, late: 4_000 };
        if (type === 'keydown') at.keys.down(key);
        else at.keys.up(key);
      });
    at.time.pass(openEndPause + 4_000);
    expect(at.heard).toEqual([ok('TBH1:bG9j.a2V5'), ok('TB1:a.b.c-d')]);
  });

  test('come whole out of a page that was held up in between', () => {
    const at = keyboard();
    const typed = wedgeKeys('TBH1:bG9j.a2V5');
    const queued = typed.map(({ type, ...stroke }, index) => ({
      ...plain,
      ...stroke,
      type,
      at: index * 5,
    }));
    for (const [index, stroke] of queued.entries()) {
      // Time passes for the page, not for the keys, which wait in its queue.
      if (index === 4) at.time.pass(400);
      if (index > 20) at.time.pass(700);
      const seen = { ...stroke, late: at.time.now() - stroke.at };
      if (stroke.type === 'keydown') at.keys.down(seen);
      else at.keys.up(seen);
    }
    at.time.pass(openEndPause + 5_000);
    expect(at.heard).toEqual([ok('TBH1:bG9j.a2V5')]);
  });
});

describe('keys of a person', () => {
  test('stay theirs, however fast a hand is', () => {
    const hand = fc.array(
      // A very good typist: 100 ms on average, seldom below 60.
      fc.tuple(fc.integer({ min: 55, max: 160 }), fc.constantFrom(...'abcdefghij0123456789')),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(hand, (typed) => {
        const at = keyboard();
        for (const [wait, letter] of typed) at.turn(wait, { code: codeOf(letter) });
        at.turn(90, { code: 'Enter' });
        at.time.pass(1_000);
        expect(at.heard).toEqual([]);
        expect(at.whose).not.toContain('scanner');
      }),
      { seed: 23, numRuns: 2_000 },
    );
  });

  test('held down repeat and are nobody’s code', () => {
    const at = keyboard();
    at.turn(0, { code: 'KeyJ' });
    at.turn(400, { code: 'KeyJ', repeat: true });
    for (let times = 0; times < 40; times += 1) at.turn(30, { code: 'KeyJ', repeat: true });
    expect(at.whose.slice(1)).toEqual(Array(41).fill('person'));
  });

  test('are told within a tenth of a second', () => {
    const at = keyboard();
    at.turn(0, { code: 'KeyN' });
    at.time.pass(100);
    expect(at.said).toEqual(['begin', 'person']);
  });

  test('Enter, Tab, chords and function keys act at once, after what was typed before', () => {
    for (const code of ['Enter', 'Tab', 'F8', 'ArrowDown', 'Escape', 'Backspace']) {
      const at = keyboard();
      at.turn(0, { code: 'KeyA' });
      expect(at.turn(20, { code })).toBe('person');
      expect(at.said).toEqual(['begin', 'person']);
    }
    const at = keyboard();
    expect(at.turn(0, { code: 'KeyC', ctrl: true })).toBe('person');
    expect(at.turn(0, { code: 'KeyE', alt: true })).toBe('person');
    expect(at.said).toEqual([]);
  });
});

const exchanged = (text: string) =>
  text.replace(/[a-zA-Z]/g, (one) => (one < 'a' ? one.toLowerCase() : one.toUpperCase()));
function codeOf(letter: string): string {
  return /\d/.test(letter) ? `Digit${letter}` : `Key${letter.toUpperCase()}`;
}
