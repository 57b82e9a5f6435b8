import type { Advice, Evidence } from '@tongban/core/scan';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Seek } from './messages.ts';
import { openScanRoom } from './scanRoom.ts';
import { settling } from './settling.ts';

/** Frames in a row that may come without a picture: a camera that is just starting announces some before they are there. */
const mostEmpty = 60;
/** Milliseconds before the same thing is taken up again, so that its sentence can be read. */
const pause = 4_000;

/** What is seen while nothing was taken. */
export interface Sight {
  /** What stands in the way, or that it is looked at closer now. */
  readonly advice: Advice | 'closer';
  /** Why what was last shown does not help here. */
  readonly refusal: string | undefined;
  /** The reader could not be loaded. */
  readonly broken: boolean;
}

const nothing: Sight = { advice: 'none', refusal: undefined, broken: false };

/**
 * Reads the frames of a running video, one at a time: while the worker reads, later frames go by.
 * `onEvidence` may answer with a sentence; then the reading goes on, else it ends. In another language everything is said anew.
 */
export function useReading(
  video: RefObject<HTMLVideoElement | null>,
  running: boolean,
  seek: Seek,
  onEvidence: (evidence: Evidence) => Promise<string | undefined>,
  language: string,
): Sight {
  const [sight, setSight] = useState<Sight>(nothing);
  const take = useRef(onEvidence);
  useEffect(() => {
    take.current = onEvidence;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a sentence stands in the language it was said in
  useEffect(() => {
    const element = video.current;
    if (!running || element === null) return;
    setSight(nothing);
    const settled = settling<Sight['advice']>('none');
    const room = openScanRoom(seek);
    let empty = 0;
    let ended = false;
    let handle = 0;
    let refused: { text: string; sentence: string; until: number } | undefined;

    const say = (next: Sight) =>
      setSight((last) =>
        last.advice === next.advice && last.refusal === next.refusal && last.broken === next.broken
          ? last
          : next,
      );
    const closer = () => ended || say({ ...nothing, advice: 'closer', refusal: refused?.sentence });

    const look = async (now: number): Promise<void> => {
      const picture = await pictureOf(element);
      if (ended) return picture?.close();
      if (picture === undefined && empty++ < mostEmpty) return wait();
      if (picture === undefined) throw new Error('The camera runs and shows no picture.');
      empty = 0;
      const { evidence, advice } = await room.look(picture, closer);
      if (ended) return;
      if (refused !== undefined && now > refused.until) refused = undefined;
      const seen = evidence.find((one) => textOf(one) !== refused?.text);
      if (seen !== undefined) {
        const sentence = await take.current(seen);
        if (sentence === undefined || ended) return;
        refused = { text: textOf(seen), sentence, until: now + pause };
      }
      say({ ...nothing, advice: settled(advice, now), refusal: refused?.sentence });
      wait();
    };
    const wait = () => {
      handle = element.requestVideoFrameCallback((now) => {
        look(now).catch((fault: unknown) => {
          if (ended) return;
          // Said on the screen, and told to whoever reads the console: this is no user's mistake.
          console.error('Reading the camera broke off.', fault);
          setSight({ ...nothing, broken: true });
        });
      });
    };
    wait();
    return () => {
      ended = true;
      element.cancelVideoFrameCallback(handle);
      room.close();
    };
  }, [video, running, seek, language]);

  return sight;
}

/** What tells the same thing shown again. */
function textOf(evidence: Evidence): string {
  return evidence.source === 'code'
    ? evidence.finding.text
    : evidence.fields.map(({ value }) => value).join('\n');
}

/** What the video shows now; `undefined` while there is nothing yet to be drawn. */
async function pictureOf(video: HTMLVideoElement): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(video);
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'InvalidStateError') return undefined;
    throw fault;
  }
}
