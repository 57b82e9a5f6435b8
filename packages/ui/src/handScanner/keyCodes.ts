import { err, type HandScan, longestCode, sentText, type Timer } from '@tongban/core';
import { readerOfAltCodes } from './altCodes.ts';
import { asMeant } from './asMeant.ts';
import { allowed, isMachine, type Press } from './rhythm.ts';
import { characterOf, controlCharacterOf } from './usLayout.ts';

/** A key that went down or up, as `KeyboardEvent` has it. `key` counts only where there is no `code`. */
export interface KeyStroke {
  readonly code: string;
  readonly key: string;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly capsLock: boolean;
  readonly repeat: boolean;
  /** Milliseconds on any one clock. */
  readonly at: number;
  /** Milliseconds after `at` at which the page comes to it. */
  readonly late: number;
}

/** Whose a key is: a person's, not yet to be told, a scanner's. */
export type Whose = 'person' | 'unsure' | 'scanner';

interface KeyCodesOptions {
  readonly timer: Timer;
  /** The first of keys of which it cannot be told yet is about to be taken. */
  readonly onBegin: () => void;
  /** The keys that were unsure are a person's. */
  readonly onPerson: () => void;
  /** They are a scanner's, and so is all that follows until `onEnd`. */
  readonly onScanner: () => void;
  /** The scanner has come to its end. `undefined` when it sent nothing but line ends. */
  readonly onEnd: (scan: HandScan | undefined) => void;
}

/** Tells a scanner's keys from a person's and puts them together to codes. */
export interface KeyCodes {
  down(stroke: KeyStroke): Whose;
  up(stroke: KeyStroke): Whose;
}

/** Milliseconds without any key after Enter or Tab, after which a code is over: longer than the slowest scanner takes for a key. */
export const endPause = 150;
/** The same where neither came last. Longer, since a machine under load may hold keys back in the middle of a code. */
export const openEndPause = 600;
/** A page that sees keys late will see the next one late, too; more than this it is not waited for. */
const mostLate = 5_000;

/** A character, or the number that was keyed in with Alt. */
type Sent = string | number;

/**
 * Keys are read by their place on the board, so that an input method, a layout and caps lock make no difference. Enter and
 * Tab are part of what a scanner sends; only the pause behind them is the end.
 */
export function keyCodes(options: KeyCodesOptions): KeyCodes {
  const { timer } = options;
  let sent: Sent[] = [];
  let presses: Press[] = [];
  let scanning = false;
  let capsLock = false;
  let garbled = false;
  let shifts = 0;
  let alt = '';
  /** When the last key of a code came: what follows it at a scanner's pace belongs to the same scanner. */
  let ended = Number.NEGATIVE_INFINITY;
  let stop = () => {};

  const clear = () => {
    stop();
    sent = [];
    presses = [];
    scanning = capsLock = garbled = false;
    shifts = 0;
    alt = '';
  };
  const person = (): Whose => {
    if (sent.length > 0 || alt !== '') options.onPerson();
    clear();
    return 'person';
  };
  const pause = () => (sent.at(-1) === '\n' || sent.at(-1) === '\t' ? endPause : openEndPause);
  const wait = ({ late }: KeyStroke) => {
    stop();
    // The keys stay remembered: a page that was held up may see the next one late, and its own time tells.
    stop = scanning
      ? timer.after(pause() + Math.min(late, mostLate), finish)
      : timer.after(allowed(shifts), options.onPerson);
  };
  const finish = () => {
    ended = presses.at(-1)?.at ?? ended;
    const scan = scanOf(sent, capsLock, garbled);
    clear();
    options.onEnd(scan);
  };
  const begin = (at: number) => {
    clear();
    options.onBegin();
    scanning = at - ended <= allowed(0);
    if (scanning) options.onScanner();
  };
  const press = (at: number) => {
    presses.push({ at, shifts });
    shifts = 0;
  };

  return {
    down(stroke) {
      const { at, code, ctrl } = stroke;
      if (isModifier(code)) {
        if (code.startsWith('Shift')) shifts += 1;
        if (scanning || sent.length > 0) wait(stroke);
        return scanning ? 'scanner' : 'person';
      }
      if (stroke.repeat || stroke.meta) return scanning ? 'scanner' : person();
      // By the time of the keys the code was over, and the page did not come to it: this is the next one.
      if (scanning && at - (presses.at(-1)?.at ?? at) > pause()) finish();
      const digit = stroke.alt ? /^Numpad(\d)$/.exec(code)?.[1] : undefined;
      const character = digit ?? written(stroke);
      if (!scanning) {
        // Enter and Tab of a person act at once; a chord is a command.
        const acts = character === undefined || character === '\n' || character === '\t';
        if (acts || ctrl || (stroke.alt && digit === undefined)) return person();
        const last = presses.at(-1);
        if (last === undefined || at - last.at > allowed(shifts)) {
          if (last !== undefined) person();
          begin(at);
        }
      }
      if (character === undefined) garbled = true;
      capsLock ||= stroke.capsLock;
      press(at);
      if (digit !== undefined) alt += digit;
      else if (character !== undefined && sent.length <= longestCode) sent.push(character);
      if (!scanning && isMachine(presses, sent.join(''))) {
        scanning = true;
        options.onScanner();
      }
      wait(stroke);
      return scanning ? 'scanner' : 'unsure';
    },
    up(stroke) {
      const { code } = stroke;
      if (code.startsWith('Alt') && alt !== '') {
        sent.push(Number(alt));
        alt = '';
      }
      if (code.startsWith('Shift')) shifts += 1;
      if (scanning || sent.length > 0) wait(stroke);
      return scanning ? 'scanner' : 'person';
    },
  };
}

function written({ code, key, shift, ctrl }: KeyStroke): string | undefined {
  if (ctrl) return controlCharacterOf(code);
  // A character that is on no key comes without one.
  if (code === '' && [...key].length === 1) return key;
  return characterOf(code, shift);
}

function isModifier(code: string): boolean {
  return (
    /^(Shift|Alt|Control)(Left|Right)$/.test(code) || code === 'CapsLock' || code === 'NumLock'
  );
}

function scanOf(sent: readonly Sent[], capsLock: boolean, garbled: boolean): HandScan | undefined {
  if (garbled) return err('unreadable');
  const read = readerOfAltCodes(sent.filter((one) => typeof one === 'number'));
  let text = '';
  let run: number[] = [];
  // Neighbours are read together: a character may be two bytes, each with a number of its own.
  for (const one of [...sent, '']) {
    if (typeof one === 'number') run.push(one);
    else {
      text += read(run) + one;
      run = [];
    }
  }
  const scan = sentText(text);
  return scan?.ok ? asMeant(scan.value, capsLock) : scan;
}
