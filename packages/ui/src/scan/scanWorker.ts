import { classify, type Frame, luminance, scan } from '@tongban/core/scan';
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

scope.addEventListener('message', ({ data: { id, picture, options } }) => {
  const frame = pixelsOf(picture);
  const codes = scan(frame, options).map((finding) => ({
    finding,
    meaning: classify(finding.text),
  }));
  scope.postMessage({ id, codes, light: light(frame) });
});
