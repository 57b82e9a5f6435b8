import { beforeAll, describe, expect, test, vi } from 'vitest';
import { notoSans } from '../../document/testing/pdfTools.ts';
import type { TextRecogniser } from '../card/index.ts';
import type { Frame } from '../frame.ts';
import {
  type CardPhotograph,
  drawnBack,
  drawnFront,
  inkFont,
  photographedCard,
  printedCard,
} from '../testing/drawnCards.ts';
import { drawn, photographed } from '../testing/drawnCodes.ts';
import { drawnZone } from '../testing/drawnZones.ts';
import { installedRecogniser } from '../testing/models.ts';
import { seeded } from '../testing/seeded.ts';
import { madeZone } from '../testing/zoneLines.ts';
import { type Look, openWatch } from './watch.ts';

const clock = { now: () => new Date('2026-11-30T00:00:00Z') };
const font = inkFont(notoSans.regular);
const size = { width: 1280, height: 720 };
let recogniser: TextRecogniser;
beforeAll(async () => {
  recogniser = await installedRecogniser();
});

const front = (how: Partial<CardPhotograph>, seed = 3): Frame =>
  photographedCard(drawnFront(printedCard(seed), font, seed), { ...size, noise: 12, ...how }, seed);

function watching(seek: 'codes' | 'documents') {
  let [opened, closer] = [0, 0];
  const watch = openWatch({
    seek,
    clock,
    second: () => undefined,
    recogniser: async () => {
      opened++;
      return recogniser;
    },
    onCloser: () => closer++,
  });
  return {
    watch,
    counts: () => ({ opened, closer }),
    /** Shows copies of a picture until something is sure, at most so often. */
    async show(frame: Frame, times: number): Promise<Look> {
      let look: Look = { evidence: [], advice: 'none' };
      for (let i = 0; i < times && look.evidence.length === 0; i++)
        look = await watch.look({ ...frame, data: frame.data.slice() });
      return look;
    },
  };
}

/** Every picture in shades of grey that is made from now on, down to 64 by 64 pixels. */
function recorded(): Uint8ClampedArray[] {
  const made: Uint8ClampedArray[] = [];
  class Recorded extends Uint8ClampedArray<ArrayBuffer> {
    constructor(...given: ConstructorParameters<typeof Uint8ClampedArray<ArrayBuffer>>) {
      super(...given);
      if (this.length >= 4096) made.push(this);
    }
  }
  vi.stubGlobal('Uint8ClampedArray', Recorded);
  return made;
}

/** The picture in the middle of a grey frame of the camera's size. */
function held(picture: Frame): Frame {
  const data = new Uint8ClampedArray(size.width * size.height).fill(150);
  const [left, top] = [(size.width - picture.width) >> 1, (size.height - picture.height) >> 1];
  for (let y = 0; y < picture.height; y++)
    data.set(
      picture.data.subarray(y * picture.width, (y + 1) * picture.width),
      (top + y) * size.width + left,
    );
  return { data, ...size };
}

describe('a running camera', () => {
  test('a card that is held still is looked at closer, and its sure number ends it', async () => {
    const { show, counts } = watching('documents');
    const frame = front({ share: 0.6, degrees: 5 });
    expect(await show(frame, 2)).toEqual({ evidence: [], advice: 'none' });
    expect(counts()).toEqual({ opened: 0, closer: 0 });
    const look = await show(frame, 6);
    expect(look.evidence).toMatchObject([{ source: 'card-front', assurance: 'read' }]);
    expect(counts()).toEqual({ opened: 1, closer: 1 });
  });

  test('a card in a hand that trembles is read too, a little later', async () => {
    const { watch, counts } = watching('documents');
    let look: Look | undefined;
    for (let i = 0; i < 14 && !look?.evidence.length; i++)
      look = await watch.look(front({ share: 0.55 + 0.02 * (i % 3), degrees: (i % 2) * 12 }));
    expect(look?.evidence).toMatchObject([{ source: 'card-front', assurance: 'read' }]);
    expect(counts().closer).toBe(1);
  });

  test('a card held so near that its edges are out of sight is read, and nobody is told to keep still for a wall', async () => {
    const { show, counts } = watching('documents');
    const look = await show(front({ share: 0.96 }), 16);
    expect(look.evidence).toMatchObject([{ source: 'card-front', assurance: 'read' }]);
    expect(counts().closer).toBe(0);
  });

  test('a passport is read at a glance, and the print of no card is asked for', async () => {
    const { show, counts } = watching('documents');
    const frame = held(drawnZone(madeZone('td3', seeded(71)), { width: 880 }, 71));
    const look = await show(frame, 1);
    expect(look.evidence).toMatchObject([{ source: 'zone', kind: 'td3', assurance: 'read' }]);
    expect(counts().opened).toBe(0);
  });

  test('the back of a card alone says that it is to be turned over', async () => {
    const { show } = watching('documents');
    const back = photographedCard(
      drawnBack(printedCard(5), font, 5),
      { ...size, share: 0.6, noise: 12 },
      5,
    );
    expect(await show(back, 5)).toEqual({ evidence: [], advice: 'turned' });
  });

  test.each<[Look['advice'], () => Frame]>([
    ['too-far', () => front({ share: 0.3 })],
    ['glare', () => front({ share: 0.65, glare: 230 })],
    ['blurred', () => photographed(front({ share: 0.6 }), { blur: 9 })],
    ['turned', () => front({ share: 0.8, slant: 0.34 })],
    ['dark', () => ({ ...size, data: new Uint8ClampedArray(1280 * 720).fill(12) })],
    ['none', () => ({ ...size, data: new Uint8ClampedArray(1280 * 720).fill(150) })],
  ])('says %s of a document', async (advice, frame) => {
    expect(await watching('documents').show(frame(), 1)).toEqual({ evidence: [], advice });
  });

  test('a code is read at a glance; one that is too small or blurred says so', async () => {
    const code = await drawn('qr', 'TBH1:bG9j.a2V5', 5);
    const { show } = watching('codes');
    expect((await show(held(code), 1)).evidence).toMatchObject([
      { source: 'code', kind: 'handover' },
    ]);
    const small = await drawn('qr', 'TBH1:bG9j.a2V5', 1);
    expect(await show(held(photographed(small, { blur: 1 })), 1)).toEqual({
      evidence: [],
      advice: 'too-far',
    });
    expect(await show(held(photographed(code, { blur: 80 })), 1)).toEqual({
      evidence: [],
      advice: 'blurred',
    });
  });

  test.each(['a card', 'a passport'])(
    'of %s no picture is left: frame, copies and cut-outs are overwritten',
    async (what) => {
      const scene =
        what === 'a card'
          ? front({ share: 0.6, degrees: 5 })
          : held(drawnZone(madeZone('td3', seeded(71)), { width: 880 }, 71));
      const { watch } = watching('documents');
      const made = recorded();
      for (let i = 0; i < 3; i++) await watch.look({ ...scene, data: scene.data.slice() });
      vi.unstubAllGlobals();
      expect(made.length).toBeGreaterThan(8);
      const left = made.filter((data) => data.some((value) => value !== 0));
      expect(left.map(({ length }) => length)).toEqual([]);
    },
  );

  test('without its reader of print a card says so, and a passport is read all the same', async () => {
    const watch = openWatch({
      seek: 'documents',
      clock,
      second: () => undefined,
      recogniser: async () => undefined,
      onCloser: () => undefined,
    });
    const card = front({ share: 0.6 });
    const looks: Look[] = [];
    for (let i = 0; i < 3; i++) looks.push(await watch.look({ ...card, data: card.data.slice() }));
    expect(looks.at(-1)).toEqual({ evidence: [], advice: 'no-print-reader' });
    const passport = held(drawnZone(madeZone('td3', seeded(71)), { width: 880 }, 71));
    expect((await watch.look(passport)).evidence).toMatchObject([{ kind: 'td3' }]);
  });

  test('a frame is overwritten once it was looked at, also when the reader breaks', async () => {
    const { watch } = watching('documents');
    const frame = front({ share: 0.6 });
    await watch.look(frame);
    expect(frame.data.every((value) => value === 0)).toBe(true);
    const broken = openWatch({
      seek: 'documents',
      clock,
      second: () => undefined,
      recogniser: () => Promise.reject(new Error('no memory')),
      onCloser: () => undefined,
    });
    const frames = Array.from({ length: 6 }, () => front({ share: 0.6 }));
    const looks = async () => {
      for (const each of frames) await broken.look(each);
    };
    await expect(looks()).rejects.toThrow('no memory');
    for (const { data } of frames.slice(0, 3))
      expect(data.every((value) => value === 0)).toBe(true);
  });
});
