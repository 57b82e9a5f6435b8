import {
  type Frame,
  type Look,
  luminance,
  openSecondReader,
  openWatch,
  readCard,
  type SecondReader,
  scan,
  type TextRecogniser,
  type Watch,
} from '@tongban/core/scan';
import secondReaderUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { ScanReply, ScanRequest, Seek } from './messages.ts';

/** What this file needs of the worker's global scope, whose types the pages' `dom` library does not hold. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent<ScanRequest>) => void): void;
  postMessage(reply: ScanReply): void;
}
const scope = globalThis as unknown as WorkerScope;

/** The picture's pixels; of the picture itself and of the canvas nothing stays. */
function pixelsOf(picture: ImageBitmap): Frame {
  const { width, height } = picture;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('No canvas for reading pixels.');
  context.drawImage(picture, 0, 0);
  picture.close();
  const pixels = context.getImageData(0, 0, width, height).data;
  context.clearRect(0, 0, width, height);
  const frame = luminance(pixels, width, height);
  pixels.fill(0);
  return frame;
}

/** While it comes, and where it cannot be had, the first engine reads alone. */
let second: SecondReader | undefined;
const secondComes = openSecond().then(
  (opened) => {
    second = opened;
  },
  (fault: unknown) => console.error('The second reader of codes is missing.', fault),
);

async function openSecond(): Promise<SecondReader> {
  const answer = await fetch(secondReaderUrl);
  if (!answer.ok) throw new Error(`${secondReaderUrl}: ${answer.status}`);
  return openSecondReader(await answer.arrayBuffer());
}

let recogniser: Promise<TextRecogniser | undefined> | undefined;

/** Twenty-five megabytes, loaded when the first card is held still; asked for again where that failed, without a line. */
function openRecogniser(): Promise<TextRecogniser | undefined> {
  recogniser ??= import('./recogniser.ts')
    .then(({ loadRecogniser }) => loadRecogniser())
    .catch((fault: unknown) => {
      recogniser = undefined;
      console.error('The reader of cards’ print is missing.', fault);
      return undefined;
    });
  return recogniser;
}

const clock = { now: () => new Date() };
/** Frames come one at a time: the one that is looked at now. */
let current = 0;
/** A worker seeks one kind of thing for as long as it lives. */
let watch: Watch | undefined;

function watching(seek: Seek): Watch {
  watch ??= openWatch({
    seek,
    clock,
    second: () => second,
    recogniser: openRecogniser,
    onCloser: () => scope.postMessage({ id: current, closer: true }),
  });
  return watch;
}

scope.addEventListener('message', ({ data }) => {
  // A bug here is heard by who opened this worker, as one outside of a promise would be.
  reply(data).catch(reportError);
});

async function reply({ id, picture, seek, from }: ScanRequest): Promise<void> {
  current = id;
  const frame = pixelsOf(picture);
  const look = from === 'frame' ? await watching(seek).look(frame) : await still(frame, seek);
  scope.postMessage({ id, ...look });
}

/** A still picture is asked once: it waits for both engines. */
async function still(frame: Frame, seek: Seek): Promise<Look> {
  await secondComes;
  try {
    const evidence = await scan(frame, { effort: 'thorough', now: clock.now(), second });
    if (evidence.length > 0 || seek === 'codes') return { evidence, advice: 'none' };
    const reader = await openRecogniser();
    if (reader === undefined) return { evidence, advice: 'no-print-reader' };
    return { evidence: await readCard(frame, reader), advice: 'none' };
  } finally {
    frame.data.fill(0);
  }
}
