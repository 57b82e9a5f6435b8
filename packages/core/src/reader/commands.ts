import type { ReaderFailure } from '../ports/idReader.ts';
import { newAddressLength, textLength } from './chipText.ts';

/** Command and parameter of GA 450. None that is asked here carries data. */
export const commands = {
  reset: [0x10, 0xff],
  status: [0x11, 0xff],
  samId: [0x12, 0xff],
  find: [0x20, 0x01],
  select: [0x20, 0x02],
  readText: [0x30, 0x01],
  readNewAddress: [0x30, 0x03],
} as const;
export type Command = keyof typeof commands;

/** The photograph, in a form (WLT) that has no open decoder. It is never looked at. */
export const photoLength = 1024;
/** Before the text: its length and the photograph's, two bytes each, big-endian. */
export const lengthsAhead = [textLength >> 8, 0, photoLength >> 8, 0] as const;

/** Length of the longest reply, as its frame counts it: status, lengths, text, photograph, check. */
export const longestReply = 3 + lengthsAhead.length + textLength + photoLength + 1;

/** SW3 of a reply. SW1 and SW2 are 0. */
export const status = { ok: 0x90, none: 0x91, found: 0x9f, notFound: 0x80, notSelected: 0x81 };

/** SW3 and bytes of data of a command's success. Replies name no command, so this is how a late one is told apart. */
export const success = {
  reset: [status.ok, 0],
  status: [status.ok, 0],
  samId: [status.ok, 16],
  find: [status.found, 4],
  select: [status.ok, 8],
  readText: [status.ok, lengthsAhead.length + textLength + photoLength],
  readNewAddress: [status.ok, newAddressLength],
} as const satisfies Record<Command, readonly [number, number]>;

/** What the reader says of a request that reached it damaged: wrong check, length or command. It is asked again. */
export const misheard: ReadonlySet<number> = new Set([0x10, 0x11, 0x21]);

/** What a refusal (SW3) means for the person. `undefined` for a status that GA 450 does not know. */
export function failureOf(sw3: number): ReaderFailure | undefined {
  switch (sw3) {
    case 0x31:
    case 0x32:
    case 0x33:
      return 'not-authentic';
    case 0x3f:
    case 0x41:
    case status.notFound:
    case status.notSelected:
      return 'read-failed';
    case 0x40:
      return 'wrong-card';
    case 0x60:
      return 'self-test';
    case 0x23:
    case 0x66:
      return 'unlicensed';
    default:
      return undefined;
  }
}
