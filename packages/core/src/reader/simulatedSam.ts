import type { OpenLine, SerialLine } from '../ports/serialLine.ts';
import { err, ok } from '../result.ts';
import { type ChipText, writeNewAddress, writeText } from './chipText.ts';
import { type Command, commands, lengthsAhead, photoLength, status } from './commands.ts';
import { frame, frameStream } from './frame.ts';
import { nullModem } from './nullModem.ts';
import { simulatedSamId } from './samId.ts';

/** A card for the simulated reader. */
export interface ChipCard {
  readonly text: ChipText;
  /** An address given after the card. */
  readonly newAddress?: string;
}

/** What can be done to a simulated reader by hand. */
export interface SamHands {
  /** Puts a card down, in place of the one that lies there. */
  insert(card: ChipCard): void;
  lift(): void;
  /** Unplugs the reader, or plugs it in again. */
  plug(plugged: boolean): void;
  /** The next card that is taken hold of cannot be read until it was lifted, as one that is moved. */
  smudge(): void;
  /** Bytes that belong to nothing arrive ahead of the next reply. */
  noise(bytes: Uint8Array): void;
  /** From now on a command is answered with this status (SW3) and nothing else; with `undefined` as it should be. */
  refuse(command: Command, sw3: number | undefined): void;
  /** From now on nothing is answered. */
  mute(silent: boolean): void;
}

export interface SimulatedSam {
  /** A line to it in memory, as `OpenLine` opens one to a real reader. */
  readonly open: OpenLine;
  /** Answers on a line that leads elsewhere: the far end of a pseudo-terminal. */
  connect(line: SerialLine): void;
  readonly hands: SamHands;
}

/**
 * A security module with a reader, without either: it answers the requests of GA 450 byte for byte. Like a real one it
 * finds a card once, until it was lifted. Its id is that of a simulator, and the photograph it gives is a pattern.
 */
export function simulatedSam(): SimulatedSam {
  let card: { readonly chip: ChipCard; taken: boolean; smudged: boolean } | undefined;
  let plugged = true;
  let smudgeNext = false;
  let silent = false;
  let noise: readonly Uint8Array[] = [];
  const refused = new Map<Command, number>();
  const lines = new Set<SerialLine>();

  function answer(command: Command): Uint8Array {
    const refusal = refused.get(command);
    if (refusal !== undefined) return reply(refusal);
    switch (command) {
      case 'reset':
      case 'status':
        return reply(status.ok);
      case 'samId':
        return reply(status.ok, simulatedSamId);
      case 'find':
        return card === undefined || card.taken
          ? reply(status.notFound)
          : reply(status.found, new Uint8Array(4));
      case 'select':
        if (card === undefined || card.taken) return reply(status.notSelected);
        card.taken = true;
        card.smudged = smudgeNext;
        smudgeNext = false;
        return reply(status.ok, new Uint8Array(8));
      case 'readText':
        if (!card?.taken || card.smudged) return reply(0x41);
        return reply(
          status.ok,
          Uint8Array.of(...lengthsAhead, ...writeText(card.chip.text), ...photograph()),
        );
      case 'readNewAddress': {
        if (!card?.taken || card.smudged) return reply(0x41);
        const { newAddress } = card.chip;
        return newAddress === undefined
          ? reply(status.none)
          : reply(status.ok, writeNewAddress(newAddress));
      }
    }
  }

  function connect(line: SerialLine): void {
    lines.add(line);
    const requests = frameStream(longestRequest, (body) => {
      if (silent) return;
      const asked = (Object.keys(commands) as Command[]).find((each) =>
        commands[each].every((byte, at) => body[at] === byte),
      );
      for (const bytes of noise) void line.write(bytes);
      noise = [];
      void line.write(asked === undefined ? reply(0x21) : answer(asked));
    });
    line.watch((bytes) => requests.take(bytes));
    void line.closed.then(() => lines.delete(line));
  }

  return {
    async open() {
      if (!plugged) return err('not-there');
      const [near, far] = nullModem();
      connect(far);
      return ok(near);
    },
    connect,
    hands: {
      insert(chip) {
        card = { chip, taken: false, smudged: false };
      },
      lift() {
        card = undefined;
      },
      plug(now) {
        plugged = now;
        if (!now) for (const line of [...lines]) void line.close();
      },
      smudge() {
        smudgeNext = true;
      },
      noise(bytes) {
        noise = [...noise, bytes];
      },
      refuse(command, sw3) {
        if (sw3 === undefined) refused.delete(command);
        else refused.set(command, sw3);
      },
      mute(now) {
        silent = now;
      },
    },
  };
}

const longestRequest = 16;

function reply(sw3: number, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  return frame(Uint8Array.of(0, 0, sw3, ...data));
}

/** Tells itself from anything else in memory: the tests look whether any of it was kept. */
function photograph(): Uint8Array {
  return Uint8Array.from({ length: photoLength }, (_, at) => 0xc0 | (at & 0x3f));
}
