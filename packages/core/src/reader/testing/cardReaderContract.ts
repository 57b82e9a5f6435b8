import { describe, expect, it } from 'vitest';
import type { IdReader } from '../../ports/idReader.ts';
import type { SamHands } from '../simulatedSam.ts';
import { foreigner2017, foreigner2023, fromHongKong, resident } from './chips.ts';

/** A reader before its simulated security module, over whatever line there is between them. */
export interface ReaderUnderTest {
  readonly reader: IdReader;
  readonly hands: Omit<SamHands, 'plug'>;
  plug(plugged: boolean): Promise<void>;
  /** Lets time pass until `promise` has settled. */
  until<T>(promise: Promise<T>): Promise<T>;
  /** Lets `ms` pass. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const stay = () => new AbortController().signal;
const other = {
  ...resident,
  name: '林远舟',
  number: '320199199205180010',
  sex: '1',
  birth: '19920518',
} as const;

/** What the card reader keeps to, over a line in memory and over a real one. */
export function cardReaderContract(name: string, open: () => Promise<ReaderUnderTest>): void {
  describe(`IdReader: ${name}`, () => {
    const using = (body: (test: ReaderUnderTest) => Promise<void>) => async () => {
      const test = await open();
      try {
        await body(test);
      } finally {
        await test.close();
      }
    };
    const nameRead = async ({ reader, until }: ReaderUnderTest) => {
      const read = await until(reader.read(stay()));
      return read?.ok ? read.value.attributes.name : read?.error;
    };

    it(
      'waits for a card, reads it, and names itself as simulated',
      using(async ({ reader, hands, until, pass }) => {
        const read = reader.read(stay());
        await pass(600);
        hands.insert({ text: resident });
        expect(await until(read)).toMatchObject({
          ok: true,
          value: {
            source: 'card-reader',
            assurance: 'verified',
            device: 'simulated',
            attributes: { name: '丁小禾', residentId: '320199199403120027', ethnicity: '01' },
          },
        });
      }),
    );

    it(
      'reads every layout',
      using(async (test) => {
        test.hands.insert({ text: fromHongKong });
        expect(await nameRead(test)).toBe('何望舒');
        test.hands.insert({ text: foreigner2023 });
        expect(await nameRead(test)).toBe('EXAMPLE ANNA MARIA CHARLOTTE ELISABETH');
        test.hands.insert({ text: foreigner2017 });
        expect(await nameRead(test)).toBe('not-served');
        test.hands.insert({ text: resident, newAddress: '澜州市南湖区桂子路 77 号' });
        expect(await test.until(test.reader.read(stay()))).toMatchObject({
          value: { attributes: { address: '澜州市南湖区桂子路 77 号' } },
        });
      }),
    );

    it(
      'reads a card once, asks for a while for it to be lifted, and then waits for the next one',
      using(async (test) => {
        test.hands.insert({ text: resident });
        expect(await nameRead(test)).toBe('丁小禾');
        for (let asked = 0; asked < 3; asked += 1) expect(await nameRead(test)).toBe('lift-card');
        test.hands.lift();
        test.hands.insert({ text: other });
        expect(await nameRead(test)).toBe('林远舟');
        await test.pass(31_000);
        const next = nameRead(test);
        await test.pass(600);
        test.hands.insert({ text: resident });
        expect(await next).toBe('丁小禾');
      }),
    );

    it(
      'tells a screen that was left nothing, and the next one of the card',
      using(async ({ reader, hands, until, pass }) => {
        const leave = new AbortController();
        const read = reader.read(leave.signal);
        await pass(300);
        leave.abort();
        expect(await read).toBeUndefined();
        hands.insert({ text: resident });
        expect(await reader.read(leave.signal)).toBeUndefined();
        expect((await until(reader.read(stay())))?.ok).toBe(true);
      }),
    );

    it(
      'says that it was unplugged, also to who waits for a card, and reads once it is back',
      using(async (test) => {
        await test.plug(false);
        expect(await nameRead(test)).toBe('no-reader');
        expect(await nameRead(test)).toBe('no-reader');
        await test.plug(true);
        await test.pass(4_000);
        const waiting = nameRead(test);
        await test.pass(600);
        await test.plug(false);
        expect(await waiting).toBe('no-reader');
        await test.plug(true);
        test.hands.insert({ text: resident });
        await test.pass(600);
        expect(await nameRead(test)).toBe('丁小禾');
      }),
    );

    it(
      'finds its replies among noise',
      using(async (test) => {
        const noise = [
          [0, 1, 2, 0xff],
          [0xaa, 0xaa, 0xaa, 0x96],
          [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0, 4, 0, 0, 0x90, 0x95],
          [0xaa, 0xaa, 0xaa, 0x96, 0x69, 0xff, 0xff],
        ];
        test.hands.insert({ text: resident });
        for (const bytes of noise) {
          test.hands.noise(Uint8Array.from(bytes));
          expect(await nameRead(test)).toBe('丁小禾');
          test.hands.insert({ text: resident });
        }
      }),
    );

    it(
      'says that a card that was moved could not be read, and reads it when it was put down again',
      using(async (test) => {
        test.hands.smudge();
        test.hands.insert({ text: resident });
        expect(await nameRead(test)).toBe('read-failed');
        test.hands.lift();
        test.hands.insert({ text: resident });
        expect(await nameRead(test)).toBe('丁小禾');
      }),
    );
  });
}
