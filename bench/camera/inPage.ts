import type { CodeEvidence, Evidence } from '@tongban/core/scan';
import CardWorker from '@tongban/core/testing/card-worker?worker';
import { Scanner, startLanguages } from '@tongban/ui';
import { createElement, Suspense } from 'react';
import { createRoot } from 'react-dom/client';

/** What of a film came into view and was read, in milliseconds of the page's clock. */
export interface Watched {
  /** When each thing came into view. */
  readonly shown: number[];
  readonly read: { readonly what: string; readonly at: number }[];
  /** Mean of the time between two frames of the page while the camera was read. */
  readonly gaps: number[];
}

declare global {
  interface Window {
    watched: Watched;
    watch(seek: 'codes' | 'documents'): Promise<void>;
    readCard(file: string, width: number, height: number): Promise<{ number?: string; ms: number }>;
  }
}

window.watched = { shown: [], read: [], gaps: [] };

/** The phone's scanner on the film; each thing is taken with a sentence, so that the watching goes on. */
window.watch = async (seek) => {
  await startLanguages({ language: 'zh-CN', namespaces: ['scan'] });
  document.documentElement.dataset.place = 'phone';
  const root = document.body.appendChild(document.createElement('div'));
  const read = async (what: string) => {
    window.watched.read.push({ what, at: performance.now() });
    return '…';
  };
  createRoot(root).render(
    createElement(
      Suspense,
      null,
      createElement(Scanner, {
        look: 'full',
        onCode: ({ meaning }) => read(meaning.kind === 'handover' ? meaning.code : meaning.kind),
        ...(seek === 'documents' && {
          onDocument: ({ fields }: Exclude<Evidence, CodeEvidence>) =>
            read(fields.find(({ check }) => check === 'passed')?.value ?? 'nothing'),
        }),
      }),
    ),
  );
  watchTheMark(await videoOf(root));
  watchTheFrames();
};

async function videoOf(root: HTMLElement): Promise<HTMLVideoElement> {
  for (;;) {
    const video = root.querySelector('video');
    if (video !== null) return video;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** A white corner of the film says that something is in view. */
function watchTheMark(video: HTMLVideoElement): void {
  const corner = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (corner === null) throw new Error('No canvas.');
  let lit = false;
  const look = () => {
    corner.drawImage(video, 4, 4, 8, 8, 0, 0, 1, 1);
    const now = (corner.getImageData(0, 0, 1, 1).data[0] ?? 0) > 180;
    if (now && !lit) window.watched.shown.push(performance.now());
    lit = now;
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
}

function watchTheFrames(): void {
  let last = performance.now();
  const next = (now: number) => {
    window.watched.gaps.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

let worker: Worker | undefined;

/** One front through the reader of cards in a worker. */
window.readCard = async (file, width, height) => {
  const data = new Uint8ClampedArray(await (await fetch(file)).arrayBuffer());
  worker ??= new CardWorker();
  const reader = worker;
  const began = performance.now();
  const answer =
    Promise.withResolvers<readonly { fields: readonly { name: string; value: string }[] }[]>();
  reader.onmessage = ({ data: evidence }) => answer.resolve(evidence);
  reader.onerror = ({ message }) => answer.reject(new Error(message));
  reader.postMessage({ data, width, height });
  const [evidence] = await answer.promise;
  const ms = performance.now() - began;
  const number = evidence?.fields.find(({ name }) => name === 'residentId')?.value;
  return number === undefined ? { ms } : { number, ms };
};
