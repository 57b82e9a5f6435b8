import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCardReader } from './cardReader.ts';
import { longestReply } from './commands.ts';
import { frameStream } from './frame.ts';
import { type ChipCard, simulatedSam } from './simulatedSam.ts';
import { altered } from './testing/alteredLine.ts';
import { foreigner2023, fromHongKong, resident } from './testing/chips.ts';
import { virtualTime } from './testing/virtualTime.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20_261_130);
const runs = Number(process.env.FUZZ_RUNS ?? 10_000);

const cards: readonly ChipCard[] = [
  { text: resident, newAddress: '澜州市南湖区桂子路 77 号' },
  { text: fromHongKong },
  { text: foreigner2023 },
];

/** Of the pieces that arrive: status, id, found, selected, text, address, and what is asked for again. */
const which = fc.oneof(fc.nat(8), fc.constant(4));
/** Places are parts of what there is. Evenly: doubles are drawn by their bits, and nearly all of those lie close to 0. */
const place = fc.noBias(fc.nat(9_999)).map((part) => part / 10_000);
const change = fc.oneof(
  fc.record({ how: fc.constant('flip' as const), which, at: place, bit: fc.nat(7) }),
  fc.record({ how: fc.constant('put' as const), which, at: place, byte: fc.nat(255) }),
  fc.record({ how: fc.constant('cut' as const), which, at: place, to: place }),
  fc.record({ how: fc.constant('insert' as const), which, at: place, bytes: fc.uint8Array() }),
  fc.record({ how: fc.constant('head' as const), which, at: place, length: fc.nat(0xffff) }),
  fc.record({ how: fc.constant('twice' as const), which }),
  fc.record({ how: fc.constant('lost' as const), which }),
  fc.record({ how: fc.constant('pair' as const), which, at: place, to: place, bit: fc.nat(7) }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;
/** One that is there for ever does to all that follows what it did once: what is asked for again comes no better. */
const damage = fc.record({ by: change, ever: fc.boolean() });
interface Damage {
  readonly by: Change;
  readonly ever: boolean;
}

function changed(piece: Uint8Array, by: Change): Uint8Array {
  const place = (share: number) => Math.floor(share * piece.length);
  const flipped = (bytes: Uint8Array, at: number, bit: number) =>
    bytes.length === 0 ? bytes : bytes.with(at, (bytes[at] ?? 0) ^ (1 << bit));
  const spliced = (from: number, to: number, bytes: ArrayLike<number>) =>
    Uint8Array.of(...piece.subarray(0, from), ...Array.from(bytes), ...piece.subarray(to));
  switch (by.how) {
    case 'flip':
      return flipped(piece, place(by.at), by.bit);
    case 'put':
      return piece.length === 0 ? piece : piece.with(place(by.at), by.byte);
    case 'cut':
      return spliced(place(by.at), Math.max(place(by.at), place(by.to)), []);
    case 'insert':
      return spliced(place(by.at), place(by.at), by.bytes);
    case 'head':
      return spliced(place(by.at), place(by.at), [
        ...[0xaa, 0xaa, 0xaa, 0x96, 0x69],
        ...[by.length >> 8, by.length & 0xff],
      ]);
    case 'twice':
      return Uint8Array.of(...piece, ...piece);
    case 'lost':
      return new Uint8Array(0);
    case 'pair':
      // Two changes of one bit, which a check of one byte by XOR cannot see.
      return flipped(flipped(piece, place(by.at), by.bit), place(by.to), by.bit);
  }
}

/** Attributes that the undamaged cards give. */
const truth = await Promise.all(cards.map(async (card) => (await reading(card, [])).attributes));

async function reading(card: ChipCard, changes: readonly Damage[]) {
  const time = virtualTime();
  const { open, hands } = simulatedSam();
  /** Messages with a right check that arrived and were not sent. */
  let forged = 0;
  const line = altered(open, (piece, count) => {
    const bytes = changes
      .filter(({ by, ever }) => by.which === count || (ever && count > by.which))
      .reduce<Uint8Array>((before, { by }) => changed(before, by), piece.slice());
    const sent = piece.subarray(7, -1).join();
    frameStream(longestReply, (body) => {
      if (body.join() !== sent) forged += 1;
    }).take(bytes.slice());
    return [bytes];
  });
  const reader = openCardReader({ open: line, clock: time.clock, timer: time.timer });
  hands.insert(card);
  const leave = new AbortController();
  const read = reader.read(leave.signal);
  // Nothing takes longer than the patience for every command, each time it is asked; then a card is waited for.
  await time.pass(60_000);
  leave.abort();
  const outcome = await time.until(read);
  await reader.close();
  const attributes = outcome?.ok ? outcome.value.attributes : undefined;
  return { attributes, forged };
}

test(
  `${runs} damaged readings: none throws or hangs, none gives what was not on the card unless its checks hold`,
  async () => {
    let [whole, failed, unseen] = [0, 0, 0];
    const property = fc.asyncProperty(
      fc.nat(cards.length - 1),
      fc.array(damage, { minLength: 1, maxLength: 4 }),
      async (which, changes) => {
        const { attributes, forged } = await reading(cards[which] as ChipCard, changes);
        if (attributes === undefined) failed += 1;
        else if (JSON.stringify(attributes) === JSON.stringify(truth[which])) whole += 1;
        else {
          unseen += 1;
          // Only a message that nobody sent and whose check is right all the same can do it,
          expect(forged).toBeGreaterThan(0);
          // never one change alone, of a byte or of a run of bytes,
          expect(changes.length > 1 || changes[0]?.by.how === 'pair').toBe(true);
          // and what is said of the number still agrees.
          const { residentId = '', birthDate = '', sex = '' } = attributes;
          expect(remainder(residentId)).toBe(1);
          expect(birthDate.replaceAll('-', '')).toBe(residentId.slice(6, 14));
          expect(Number(sex) % 2).toBe(Number(residentId[16]) % 2);
        }
      },
    );
    await fc.assert(property, { seed, numRuns: runs });
    // Damage that always or never mattered would prove little.
    expect(Math.min(whole, failed)).toBeGreaterThan(runs / 50);
    expect(unseen).toBeGreaterThan(0);
  },
  runs * 30 + 10_000,
);

/** Modulo 11 over a number with the weights of GB 11643 written out: 1 where the check character is right. */
function remainder(number: string): number {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
  const values = [...number].map((char) => '0123456789X'.indexOf(char));
  return values.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0) % 11;
}
