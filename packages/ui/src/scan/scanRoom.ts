import { err, ok, type Result } from '@tongban/core';
import type { CodeEvidence, Look } from '@tongban/core/scan';
import type { ScanReply, ScanRequest, Seek } from './messages.ts';

/** A worker that reads pictures, so that the page stays at its sixty frames a second. */
export interface ScanRoom {
  /**
   * Takes a camera's frame over. `onCloser` says that it is looked at closer. Rejects when the reader itself could not be
   * loaded or broke.
   */
  look(frame: ImageBitmap, onCloser: () => void): Promise<Look>;
  /** Reads a picture that will not come again, with all patience. */
  read(picture: ImageBitmap): Promise<Look>;
  close(): void;
}

/** Opens a reader. Only here are the readers loaded; a page that scans nothing never fetches them. */
export function openScanRoom(seek: Seek): ScanRoom {
  const worker = new Worker(new URL('./scanWorker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, PromiseWithResolvers<Look> & { readonly onCloser: () => void }>();
  let broken: Error | undefined;
  let count = 0;

  const breakOff = (why: string) => {
    broken = new Error(why);
    for (const each of waiting.values()) each.reject(broken);
    waiting.clear();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<ScanReply>) => {
    const asked = waiting.get(data.id);
    if ('closer' in data) return asked?.onCloser();
    waiting.delete(data.id);
    asked?.resolve({ evidence: data.evidence, advice: data.advice });
  });
  worker.addEventListener('error', (event) => breakOff(event.message || 'The reader is missing.'));

  const ask = (picture: ImageBitmap, from: ScanRequest['from'], onCloser: () => void) => {
    if (broken !== undefined) return Promise.reject(broken);
    const id = count++;
    const answer = Promise.withResolvers<Look>();
    waiting.set(id, { ...answer, onCloser });
    const request: ScanRequest = { id, picture, seek, from };
    worker.postMessage(request, [picture]);
    return answer.promise;
  };
  return {
    look: (frame, onCloser) => ask(frame, 'frame', onCloser),
    read: (picture) => ask(picture, 'still', () => undefined),
    close() {
      worker.terminate();
      breakOff('The reader was closed.');
    },
  };
}

export type NotAPicture = 'not-a-picture';

/** Reads a still picture with all patience: a photograph from the album. */
export async function readStill(
  picture: Blob | ImageData,
  seek: Seek,
): Promise<Result<Look, NotAPicture>> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(picture);
  } catch (fault) {
    if (fault instanceof DOMException) return err('not-a-picture');
    throw fault;
  }
  const room = openScanRoom(seek);
  try {
    return ok(await room.read(bitmap));
  } finally {
    room.close();
  }
}

/** The codes of a still picture: a page just photographed. */
export async function scanImage(
  picture: Blob | ImageData,
): Promise<Result<readonly CodeEvidence[], NotAPicture>> {
  const read = await readStill(picture, 'codes');
  return read.ok ? ok(read.value.evidence.filter((one) => one.source === 'code')) : read;
}
