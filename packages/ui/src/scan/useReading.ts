import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ReadCode } from './messages.ts';
import { openScanRoom } from './scanRoom.ts';

/** Below this mean grey a page cannot be told from its shadow. */
const dark = 45;
/** Frames in a row that may come without a picture: a camera that is just starting announces some before they are there. */
const mostEmpty = 60;
/** Milliseconds before the same code is taken up again, so that its sentence can be read. */
const pause = 4_000;

/** What is seen while nothing was taken. */
export interface Sight {
  readonly dark: boolean;
  /** Why the code that was last shown does not help here. */
  readonly refusal: string | undefined;
  /** The reader could not be loaded. */
  readonly broken: boolean;
}

/**
 * Reads the frames of a running video, one at a time: while the worker reads, later frames go by.
 * `onCode` may answer with a sentence; then the reading goes on, else it ends. In another language everything is said anew.
 */
export function useReading(
  video: RefObject<HTMLVideoElement | null>,
  running: boolean,
  onCode: (code: ReadCode) => Promise<string | undefined>,
  language: string,
): Sight {
  const [sight, setSight] = useState<Sight>({ dark: false, refusal: undefined, broken: false });
  const take = useRef(onCode);
  useEffect(() => {
    take.current = onCode;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a sentence stands in the language it was said in
  useEffect(() => {
    const element = video.current;
    if (!running || element === null) return;
    setSight((last) => (last.refusal === undefined ? last : { ...last, refusal: undefined }));
    const room = openScanRoom();
    let turn = 0;
    let empty = 0;
    let ended = false;
    let handle = 0;
    let refused: { text: string; sentence: string; until: number } | undefined;

    const look = async (now: number): Promise<void> => {
      const picture = await pictureOf(element);
      if (ended) return picture?.close();
      if (picture === undefined && empty++ < mostEmpty) return wait();
      if (picture === undefined) throw new Error('The camera runs and shows no picture.');
      empty = 0;
      const reading = await room.read(picture, { effort: 'glance', turn: turn++ });
      if (ended) return;
      if (refused !== undefined && now > refused.until) refused = undefined;
      const code = reading.codes.find(({ finding }) => finding.text !== refused?.text);
      if (code !== undefined) {
        const sentence = await take.current(code);
        if (sentence === undefined || ended) return;
        refused = { text: code.finding.text, sentence, until: now + pause };
      }
      const refusal = refused?.sentence;
      const isDark = reading.light < dark;
      setSight((last) =>
        last.dark === isDark && last.refusal === refusal
          ? last
          : { dark: isDark, refusal, broken: false },
      );
      wait();
    };
    const wait = () => {
      handle = element.requestVideoFrameCallback((now) => {
        look(now).catch((fault: unknown) => {
          if (ended) return;
          // Said on the screen, and told to whoever reads the console: this is no user's mistake.
          console.error('Reading codes broke off.', fault);
          setSight({ dark: false, refusal: undefined, broken: true });
        });
      });
    };
    wait();
    return () => {
      ended = true;
      element.cancelVideoFrameCallback(handle);
      room.close();
    };
  }, [video, running, language]);

  return sight;
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
