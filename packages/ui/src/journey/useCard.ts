import type { IdentityEvidence, IdReader, ReaderFailure } from '@tongban/core';
import { useEffect, useRef, useState } from 'react';

/** Milliseconds before the reader is asked again after it could not read. */
const pause = 800;
/** Milliseconds after which a reader that waits for a card is taken to be in order: until then it may still find out. */
const inOrder = 5_000;
/** What is over as soon as the reader waits for a card: what is wrong with it, and that one lies there. Else the next card ends it. */
const untilItWaits: ReadonlySet<ReaderFailure | undefined> = new Set<ReaderFailure>([
  'lift-card',
  'no-reader',
  'no-answer',
  'self-test',
  'unlicensed',
]);

/** What is wrong with the card itself: to lift it and put it down again is no way out, so that is not said over it. */
const ofCard: ReadonlySet<ReaderFailure | undefined> = new Set<ReaderFailure>([
  'wrong-card',
  'not-authentic',
  'contradiction',
  'card-expired',
  'not-served',
]);

/**
 * Waits for a card for as long as the screen stands; says what is wrong with the last one. A card that was read ends
 * the waiting, until `refused`, the number of those that could not be kept, goes up.
 */
export function useCard(
  reader: IdReader | undefined,
  onEvidence: (evidence: IdentityEvidence) => void,
  refused = 0,
): ReaderFailure | undefined {
  const [trouble, setTrouble] = useState<ReaderFailure>();
  const [bug, setBug] = useState<{ readonly error: unknown }>();
  // Else the screen would go on asking for a card that nothing waits for.
  if (bug !== undefined) throw bug.error;
  const take = useRef(onEvidence);
  useEffect(() => {
    take.current = onEvidence;
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: each card that could not be kept begins the waiting anew
  useEffect(() => {
    if (reader === undefined) return;
    const leave = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const failed = (error: unknown) => leave.signal.aborted || setBug({ error });
    const wait = async () => {
      timer = setTimeout(
        () => setTrouble((now) => (untilItWaits.has(now) ? undefined : now)),
        inOrder,
      );
      const read = await reader.read(leave.signal);
      if (read === undefined || leave.signal.aborted) return;
      clearTimeout(timer);
      if (read.ok) {
        setTrouble(undefined);
        return take.current(read.value);
      }
      const { error } = read;
      setTrouble((now) => (error === 'lift-card' && ofCard.has(now) ? now : error));
      // A reader that is not there may be plugged in again; a card that lies still is looked at again.
      timer = setTimeout(() => wait().catch(failed), pause);
    };
    wait().catch(failed);
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [reader, refused]);

  return trouble;
}
