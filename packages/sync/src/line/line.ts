import { base64url, type Clock, type Line, type LineState, type Random } from '@tongban/core';
import type { Centre } from '../centre/centre.ts';
import { type ProbeAnswer, protocolVersion } from '../protocol/index.ts';
import type { Timer } from '../surroundings/timer.ts';

export interface LineOptions {
  readonly centre: Pick<Centre, 'probe'>;
  readonly clock: Clock;
  readonly random: Random;
  readonly timer: Timer;
}

export interface ProbedLine extends Line {
  /** Asks now; a probe under way is not doubled. */
  probe(): Promise<LineState>;
  /** Calls back with every answer of the centre. */
  onAnswer(listener: (answer: ProbeAnswer) => void): () => void;
  /** The centre's time in ms since 1970; `undefined` while there has been no answer. */
  centreTime(): number | undefined;
  stop(): void;
}

const whileConnected = 30_000;
const firstWhileCut = 2_000;
/** Skew below this is the noise of the line. */
const skewStep = 1_000;

/** Judges the line by a probe that only the centre can answer. */
export function startLine({ centre, clock, random, timer }: LineOptions): ProbedLine {
  let state: LineState = { at: 'unknown' };
  let skew: number | undefined;
  let stopped = false;
  let waitWhileCut = firstWhileCut;
  let cancelNext = () => {};
  let underWay: Promise<LineState> | undefined;
  const watchers = new Set<(state: LineState) => void>();
  const hearers = new Set<(answer: ProbeAnswer) => void>();

  function probe(): Promise<LineState> {
    underWay ??= ask().finally(() => {
      underWay = undefined;
      if (!stopped) cancelNext = timer.after(nextWait(), () => void probe());
    });
    return underWay;
  }

  async function ask(): Promise<LineState> {
    cancelNext();
    const nonce = base64url(random.bytes(16));
    const asked = clock.now().getTime();
    const answered = await centre.probe(nonce);
    if (stopped) return state;
    const now = clock.now();
    if (!answered.ok) {
      const { error } = answered;
      enter({
        at: 'cut',
        since: now.toISOString(),
        why: error.kind === 'fault' ? error.why : 'not-the-centre',
      });
    } else if (answered.value.nonce !== nonce || Number.isNaN(Date.parse(answered.value.time))) {
      enter({ at: 'cut', since: now.toISOString(), why: 'not-the-centre' });
    } else {
      // The answer was half the way old when it came.
      skew = Date.parse(answered.value.time) - (asked + now.getTime()) / 2;
      const tooOld = protocolVersion < (answered.value.oldest ?? 0);
      enter({
        at: 'connected',
        since: now.toISOString(),
        skew,
        ...(tooOld && { tooOld }),
      });
      for (const hear of [...hearers]) hear(answered.value);
    }
    return state;
  }

  /** [L5] A probe that says the same leaves `since` alone, and wakes nobody. */
  function enter(next: LineState): void {
    const same =
      (state.at === 'connected' &&
        next.at === 'connected' &&
        next.tooOld === state.tooOld &&
        Math.abs(next.skew - state.skew) < skewStep) ||
      (state.at === 'cut' && next.at === 'cut' && next.why === state.why);
    if (same) return;
    state =
      state.at === next.at && state.at !== 'unknown'
        ? ({ ...next, since: state.since } as LineState)
        : next;
    for (const watch of [...watchers]) watch(state);
  }

  function nextWait(): number {
    if (state.at === 'connected') {
      waitWhileCut = firstWhileCut;
      return whileConnected;
    }
    const wait = waitWhileCut;
    waitWhileCut = Math.min(whileConnected, waitWhileCut * 2);
    return wait;
  }

  void probe();

  return {
    state: () => state,
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    probe,
    onAnswer(listener) {
      hearers.add(listener);
      return () => hearers.delete(listener);
    },
    centreTime: () => (skew === undefined ? undefined : clock.now().getTime() + skew),
    stop() {
      stopped = true;
      cancelNext();
    },
  };
}
