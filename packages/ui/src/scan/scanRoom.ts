import { err, ok, type Result } from '@tongban/core';
import type { ReadCode, Reading, ScanReply, ScanRequest } from './messages.ts';

/** A worker that reads codes, so that the page stays at its sixty frames a second. */
export interface ScanRoom {
  /** Takes `picture` over. Rejects when the reader itself could not be loaded or broke. */
  read(picture: ImageBitmap, options: ScanRequest['options']): Promise<Reading>;
  close(): void;
}

/** Opens a reader. Only here are the readers loaded; a page that scans nothing never fetches them. */
export function openScanRoom(): ScanRoom {
  const worker = new Worker(new URL('./scanWorker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, PromiseWithResolvers<Reading>>();
  let broken: Error | undefined;
  let count = 0;

  const breakOff = (why: string) => {
    broken = new Error(why);
    for (const each of waiting.values()) each.reject(broken);
    waiting.clear();
  };
  worker.addEventListener('message', ({ data }: MessageEvent<ScanReply>) => {
    waiting.get(data.id)?.resolve(data);
    waiting.delete(data.id);
  });
  worker.addEventListener('error', (event) => breakOff(event.message || 'The reader is missing.'));

  return {
    read(picture, options) {
      if (broken !== undefined) return Promise.reject(broken);
      const id = count++;
      const answer = Promise.withResolvers<Reading>();
      waiting.set(id, answer);
      const request: ScanRequest = { id, picture, options };
      worker.postMessage(request, [picture]);
      return answer.promise;
    },
    close() {
      worker.terminate();
      breakOff('The reader was closed.');
    },
  };
}

/** Reads a still picture with all patience: a photograph from the album, a page just photographed. */
export async function scanImage(
  picture: Blob | ImageData,
): Promise<Result<readonly ReadCode[], 'not-a-picture'>> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(picture);
  } catch (fault) {
    if (fault instanceof DOMException) return err('not-a-picture');
    throw fault;
  }
  const room = openScanRoom();
  try {
    return ok((await room.read(bitmap, { effort: 'thorough' })).codes);
  } finally {
    room.close();
  }
}
