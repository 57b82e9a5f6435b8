import { describe, expect, test, vi } from 'vitest';
import type { ReaderFailure } from '../ports/idReader.ts';
import type { OpenLine } from '../ports/serialLine.ts';
import { ok } from '../result.ts';
import { openCardReader } from './cardReader.ts';
import type { Command } from './commands.ts';
import { frame } from './frame.ts';
import { nullModem } from './nullModem.ts';
import { simulatedSam } from './simulatedSam.ts';
import { altered } from './testing/alteredLine.ts';
import { cardReaderContract } from './testing/cardReaderContract.ts';
import { resident } from './testing/chips.ts';
import { virtualTime } from './testing/virtualTime.ts';

const stay = () => new AbortController().signal;

/** A driver before a simulated module; `through` may change the line between them. */
function setUp(through: (open: OpenLine) => OpenLine = (open) => open) {
  const time = virtualTime();
  const { open, hands } = simulatedSam();
  let opened = 0;
  const counted: OpenLine = () => {
    opened += 1;
    return open();
  };
  const reader = openCardReader({ open: through(counted), clock: time.clock, timer: time.timer });
  const outcome = async () => {
    const read = await time.until(reader.read(stay()));
    return read?.ok ? read.value.attributes.name : read?.error;
  };
  return { ...time, hands, reader, outcome, opened: () => opened };
}

cardReaderContract('a line in memory', async () => {
  const { hands, reader, until, pass } = setUp();
  return {
    reader,
    hands,
    until,
    pass,
    plug: async (plugged) => hands.plug(plugged),
    close: () => reader.close(),
  };
});

describe('a refusal is told as what the person, or staff, can do', () => {
  test.each<[Command, number, ReaderFailure]>([
    ['status', 0x60, 'self-test'],
    ['status', 0x66, 'unlicensed'],
    ['samId', 0x66, 'unlicensed'],
    ['find', 0x66, 'unlicensed'],
    ['find', 0x60, 'self-test'],
    ['find', 0x23, 'unlicensed'],
    ['find', 0x40, 'wrong-card'],
    ['select', 0x81, 'read-failed'],
    ['select', 0x31, 'not-authentic'],
    ['select', 0x32, 'not-authentic'],
    ['select', 0x33, 'not-authentic'],
    ['readText', 0x31, 'not-authentic'],
    ['readText', 0x3f, 'read-failed'],
    ['readText', 0x41, 'read-failed'],
    ['readText', 0x91, 'no-answer'],
    ['readNewAddress', 0x41, 'read-failed'],
    ['readText', 0x10, 'no-answer'],
    ['readText', 0x11, 'no-answer'],
    ['find', 0x21, 'no-answer'],
    ['find', 0x77, 'no-answer'],
  ])('%s: %i', async (command, sw3, failure) => {
    const { hands, outcome } = setUp();
    hands.refuse(command, sw3);
    hands.insert({ text: resident });
    expect(await outcome()).toBe(failure);
  });
});

test('a card whose chip contradicts itself is no evidence', async () => {
  const { hands, outcome } = setUp();
  hands.insert({ text: { ...resident, birth: '19940313' } });
  expect(await outcome()).toBe('contradiction');
});

test.each([
  ['is blank, there is none', '', '云陵县青石镇望江路 3 号'],
  ['is no text, the chip is no evidence', '\u0007', 'contradiction'],
])('where an address given later %s', async (_, newAddress, told) => {
  const { hands, reader, until } = setUp();
  hands.insert({ text: resident, newAddress });
  const read = await until(reader.read(stay()));
  expect(read?.ok ? read.value.attributes.address : read?.error).toBe(told);
});

test('what was refused is read once it is not any more', async () => {
  const { hands, outcome, pass } = setUp();
  hands.refuse('status', 0x60);
  hands.insert({ text: resident });
  expect(await outcome()).toBe('self-test');
  hands.refuse('status', undefined);
  await pass(4_000);
  expect(await outcome()).toBe('丁小禾');
});

test('whoever comes next is not asked to lift the card of the one before', async () => {
  const { hands, reader, outcome, until, pass } = setUp();
  hands.insert({ text: resident });
  expect(await outcome()).toBe('丁小禾');
  expect(await outcome()).toBe('lift-card');
  reader.forget();
  const next = reader.read(stay());
  await pass(2_000);
  hands.lift();
  hands.insert({ text: { ...resident, name: '林远舟' } });
  expect(await until(next)).toMatchObject({ value: { attributes: { name: '林远舟' } } });
});

test('a silent reader is given up, and greeted again', async () => {
  const { hands, outcome, pass } = setUp();
  hands.mute(true);
  expect(await outcome()).toBe('no-answer');
  hands.mute(false);
  hands.insert({ text: resident });
  await pass(4_000);
  expect(await outcome()).toBe('丁小禾');
});

test('a reader that falls silent while a card is waited for is noticed', async () => {
  const { hands, reader, until, pass } = setUp();
  const read = reader.read(stay());
  await pass(1_000);
  hands.mute(true);
  expect(await until(read)).toEqual({ ok: false, error: 'no-answer' });
});

test('a reader that is not there is looked for less and less often, at most every four seconds', async () => {
  const { hands, outcome, pass, opened } = setUp();
  hands.plug(false);
  for (let asked = 0; asked < 600; asked += 1) {
    expect(await outcome()).toBe('no-reader');
    await pass(100);
  }
  // A minute: 250 ms, 500, 1 s, 2 s, then every 4 s.
  expect(opened()).toBeGreaterThanOrEqual(16);
  expect(opened()).toBeLessThanOrEqual(20);
});

test('replies that were damaged, lost or doubled on their way are asked for again', async () => {
  const spoil: readonly ((piece: Uint8Array) => readonly Uint8Array[])[] = [
    (piece) => [piece.with(piece.length - 1, (piece.at(-1) ?? 0) ^ 1)],
    () => [],
    (piece) => [piece, piece.slice()],
    (piece) => [piece.slice(0, -3)],
  ];
  for (const how of spoil) {
    for (let which = 0; which < 6; which += 1) {
      const { hands, outcome } = setUp((open) =>
        altered(open, (piece, count) => (count === which ? how(piece) : [piece])),
      );
      hands.insert({ text: resident });
      expect(await outcome()).toBe('丁小禾');
    }
  }
});

test('a reply that comes too late is not taken for another command’s', async () => {
  let late: Uint8Array | undefined;
  const { hands, outcome } = setUp((open) =>
    altered(open, (piece, count) => {
      if (count === 2) {
        late = piece;
        return [];
      }
      const held = late;
      late = undefined;
      return held ? [held, piece] : [piece];
    }),
  );
  hands.insert({ text: resident });
  expect(await outcome()).toBe('丁小禾');
});

test('noise that gets past the check of a message is read a second time, and found out', async () => {
  /** Two equal changes in the name, a character of another and the check as it was; and a byte of noise before it. */
  const twice = (piece: Uint8Array) => {
    piece[14] = (piece[14] ?? 0) ^ 1;
    piece[16] = (piece[16] ?? 0) ^ 1;
    return [Uint8Array.of(0x55), piece];
  };
  const { hands, outcome } = setUp((open) =>
    altered(open, (piece, count) => (count === 4 ? twice(piece) : [piece])),
  );
  hands.insert({ text: resident });
  expect(await outcome()).toBe('read-failed');
});

test('a reader unplugged while it reads a chip is not there, and has not half read it', async () => {
  for (let which = 0; which < 6; which += 1) {
    let unplug = () => {};
    const { hands, outcome, pass } = setUp((open) =>
      altered(open, (piece, count) => {
        if (count !== which) return [piece];
        unplug();
        return [piece.slice(0, 9)];
      }),
    );
    unplug = () => hands.plug(false);
    hands.insert({ text: resident });
    expect(await outcome()).toBe('no-reader');
    hands.plug(true);
    hands.lift();
    hands.insert({ text: resident });
    await pass(4_000);
    expect(await outcome()).toBe('丁小禾');
  }
});

test('whoever leaves while a card is read is told nothing of it, and neither is the next one', async () => {
  for (let which = 2; which < 6; which += 1) {
    const leave = new AbortController();
    const { hands, reader, until, outcome } = setUp((open) =>
      altered(open, (piece, count) => {
        if (count === which) leave.abort();
        return [piece];
      }),
    );
    hands.insert({ text: resident });
    expect(await until(reader.read(leave.signal))).toBeUndefined();
    expect(await outcome()).toBe('lift-card');
  }
});

test('a real security module is named by its id', async () => {
  const id = [5, 0, 1, 0, 0x4b, 0x2e, 0x33, 0x01, 1, 0, 0, 0, 2, 0, 0, 0];
  const { hands, reader, until } = setUp((open) =>
    altered(open, (piece, count) => (count === 1 ? [frame([0, 0, 0x90, ...id])] : [piece])),
  );
  hands.insert({ text: resident });
  expect(await until(reader.read(stay()))).toMatchObject({
    value: { device: '05.01-20131403-0000000001-0000000002' },
  });
});

test('no card is read for two who wait', async () => {
  const { hands, reader, until, pass } = setUp();
  const first = reader.read(stay());
  const second = reader.read(stay());
  await pass(300);
  hands.insert({ text: resident });
  expect((await until(first))?.ok).toBe(true);
  expect(await until(second)).toEqual({ ok: false, error: 'lift-card' });
});

test('of the photograph nothing is kept: every array that the driver made or was handed is overwritten', async () => {
  const photograph = Array.from({ length: 16 }, (_, at) => 0xc0 | at).join();
  const replies: Uint8Array[] = [];
  const recorded = setUp((open) =>
    altered(open, (piece) => {
      replies.push(piece.slice());
      return [piece];
    }),
  );
  recorded.hands.insert({ text: resident });
  expect(await recorded.outcome()).toBe('丁小禾');
  expect(replies.filter((reply) => reply.join().includes(photograph))).toHaveLength(1);

  // Replayed, so that whatever is made from here on is made by the driver.
  const replay = setUp(() => async () => {
    const [near, far] = nullModem();
    const left = replies.values();
    let hear: ((bytes: Uint8Array) => void) | undefined;
    far.watch(() => hear?.(left.next().value ?? new Uint8Array(0)));
    return ok({
      ...near,
      watch: (listener: (bytes: Uint8Array) => void) => {
        hear = listener;
        return () => {};
      },
    });
  });
  const made: Uint8Array[] = [];
  vi.stubGlobal(
    'Uint8Array',
    new Proxy(Uint8Array, {
      construct(target, values, self) {
        made.push(Reflect.construct(target, values, self));
        return made.at(-1) as Uint8Array;
      },
    }),
  );
  try {
    expect(await replay.outcome()).toBe('丁小禾');
  } finally {
    vi.unstubAllGlobals();
  }
  expect(made.some(({ length }) => length >= 0x508)).toBe(true);
  for (const array of [...made, ...replies]) expect(array.join()).not.toContain(photograph);
});
