import { type Format, type Frame, formats } from '@tongban/core/scan';
import { type Bench, type Measure, percentile } from '../scripts/bench/bench.ts';
import { inRounds } from './measuring/rounds.ts';
import { emptyFrame, furnishedFrame, pictures } from './scanning/pictures.ts';
import {
  type Reader,
  type ReaderName,
  readers,
  type Seen,
  said,
  seen,
} from './scanning/readers.ts';

const empty = { warmUp: 20, rounds: 60 };
/** Three times what a running camera tries in turn. */
const furnished = { warmUp: 12, rounds: 36 };
const names: readonly ReaderName[] = ['ours', 'zxing', 'wasm', 'jsqr'];
const peers = names.filter((name) => name !== 'ours');
const perFormat = 16;

const measures: Record<string, Measure> = {
  'empty frame p50': { unit: 'ms', bound: { atMost: 25 } },
  'empty frame p95': { unit: 'ms', aim: { atMost: 50 } },
  'empty frame, processor time p50': { unit: 'ms' },
  ...Object.fromEntries(peers.map((name) => [`empty frame: ours / ${said[name]}`, { unit: '×' }])),
  'furnished frame p50': { unit: 'ms', aim: { atMost: 50 } },
  'furnished frame p95': { unit: 'ms' },
  'furnished frame, processor time p50': { unit: 'ms' },
  ...Object.fromEntries(
    peers.map((name) => [`furnished frame: ours / ${said[name]}`, { unit: '×' }]),
  ),
  ...Object.fromEntries(formats.flatMap((format) => rowsOf(format))),
  'misread, of all pictures': { unit: '', aim: { atMost: 0 } },
};

export const bench: Bench = {
  name: 'scan',
  about: `Frames of 1280 × 720 made here. Empty ones as a running camera's glance, ${empty.rounds} after ${empty.warmUp} of warm-up, and furnished ones with print and no code, ${furnished.rounds} after ${furnished.warmUp}; ${perFormat} pictures of a code a format, turned, blurred and noisy, each read once by every reader in its turn: ours in thorough effort with zxing-wasm behind it, @zxing/library in one pass that tries harder, zxing-wasm (C++), jsQR (QR alone). In Node; one thread.`,
  measures,
  async run() {
    const all = await readers();
    const four = (frame: (seed: number) => Frame) => [1, 2, 3, 4].map((seed) => seen(frame(seed)));
    return {
      ...(await measureWithout('empty frame', empty, four(emptyFrame), all)),
      ...(await measureWithout('furnished frame', furnished, four(furnishedFrame), all)),
      ...(await measurePictures(all)),
    };
  },
};

function rowsOf(format: Format): [string, Measure][] {
  const others = peers.filter((name) => name !== 'jsqr' || format === 'qr');
  return [
    [`${format}: read`, { unit: `of ${perFormat}` }],
    ...others.map((name): [string, Measure] => [
      `${format}: read by ${said[name]}`,
      { unit: `of ${perFormat}` },
    ]),
    [`${format} p50`, { unit: 'ms' }],
    ...others.map((name): [string, Measure] => [`${format}: ours / ${said[name]}`, { unit: '×' }]),
  ];
}

type Readers = Readonly<Record<ReaderName, Reader>>;

async function measureWithout(
  what: string,
  plan: { readonly warmUp: number; readonly rounds: number },
  frames: readonly Seen[],
  all: Readers,
): Promise<Record<string, number>> {
  const processor: number[] = [];
  const taken = await inRounds<ReaderName>(plan, async (time, index) => {
    const frame = frames[Math.abs(index) % frames.length];
    if (frame === undefined) throw new Error('There is no frame.');
    for (const name of names) {
      const before = process.threadCpuUsage();
      const found = await time(name, () => all[name].frame(frame, Math.abs(index)));
      const { user, system } = process.threadCpuUsage(before);
      if (name === 'ours' && index >= 0) processor.push((user + system) / 1000);
      if (found.length > 0)
        throw new Error(`${said[name]} read ${found[0]?.text} where there is nothing.`);
    }
  });
  const median = (name: ReaderName): number => percentile(taken[name], 0.5);
  return {
    [`${what} p50`]: median('ours'),
    [`${what} p95`]: percentile(taken.ours, 0.95),
    // What it costs whoever else has the processor: tells a slow pipeline from a busy machine.
    [`${what}, processor time p50`]: percentile(processor, 0.5),
    ...Object.fromEntries(
      peers.map((name) => [`${what}: ours / ${said[name]}`, median('ours') / median(name)]),
    ),
  };
}

async function measurePictures(all: Readers): Promise<Record<string, number>> {
  const values: Record<string, number> = {};
  let misread = 0;
  for (const format of formats) {
    const asked = names.filter((name) => all[name].reads.includes(format));
    const shown = (await pictures(format)).map(({ text, frame }) => ({ text, ...seen(frame) }));
    if (shown.length !== perFormat) throw new Error(`There are ${shown.length} pictures.`);
    const read = new Map<ReaderName, number>();
    const plan = { warmUp: 1, rounds: shown.length };
    const taken = await inRounds<ReaderName>(plan, async (time, index) => {
      const picture = shown.at(index);
      if (picture === undefined) throw new Error('There is no picture.');
      for (const name of asked) {
        const found = await time(name, () => all[name].picture(picture));
        const texts = found.map(({ text }) => text);
        if (index < 0) continue;
        if (texts.includes(picture.text)) read.set(name, (read.get(name) ?? 0) + 1);
        else if (name === 'ours' && texts.length > 0) misread += 1;
      }
    });
    const median = (name: ReaderName): number => percentile(taken[name], 0.5);
    values[`${format}: read`] = read.get('ours') ?? 0;
    values[`${format} p50`] = median('ours');
    for (const name of asked.filter((one) => one !== 'ours')) {
      values[`${format}: read by ${said[name]}`] = read.get(name) ?? 0;
      values[`${format}: ours / ${said[name]}`] = median('ours') / median(name);
    }
  }
  return { ...values, 'misread, of all pictures': misread };
}
