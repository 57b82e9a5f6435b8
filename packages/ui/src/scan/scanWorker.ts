import {
  type CodeOptions,
  classify,
  type Frame,
  luminance,
  openSecondReader,
  readCodes,
  type SecondReader,
} from '@tongban/core/scan';
import secondReaderUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import type { ScanReply, ScanRequest } from './messages.ts';

/** What this file needs of the worker's global scope, whose types the pages' `dom` library does not hold. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent<ScanRequest>) => void): void;
  postMessage(reply: ScanReply): void;
}
const scope = globalThis as unknown as WorkerScope;

let canvas: OffscreenCanvas | undefined;

function pixelsOf(picture: ImageBitmap): Frame {
  const { width, height } = picture;
  if (canvas === undefined || canvas.width !== width || canvas.height !== height)
    canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('No canvas for reading pixels.');
  context.clearRect(0, 0, width, height);
  context.drawImage(picture, 0, 0);
  picture.close();
  return luminance(context.getImageData(0, 0, width, height).data, width, height);
}

/** Every 61st pixel is enough to tell a lit room from a dark one. */
function light({ data }: Frame): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < data.length; i += 61) {
    sum += data[i] ?? 0;
    count++;
  }
  return count === 0 ? 0 : sum / count;
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

scope.addEventListener('message', ({ data: { id, picture, options } }) => {
  // A bug here is heard by who opened this worker, as one outside of a promise would be.
  reply(id, picture, options).catch(reportError);
});

async function reply(id: number, picture: ImageBitmap, options: CodeOptions): Promise<void> {
  const frame = pixelsOf(picture);
  // A still picture is asked once: it waits for both. A running camera waits for nothing.
  if (options.effort === 'thorough') await secondComes;
  const found = await readCodes(frame, { ...options, second });
  const codes = found.map((finding) => ({ finding, meaning: classify(finding.text) }));
  scope.postMessage({ id, codes, light: light(frame) });
}
