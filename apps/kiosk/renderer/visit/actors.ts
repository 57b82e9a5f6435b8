import { beginVisit, type Draft, err, type Language, type Target } from '@tongban/core';
import { attempt, type VisitSpace } from '@tongban/sync';
import { fromPromise } from 'xstate';
import type { Terminal } from '../terminal/terminal.ts';
import { freshPage } from './ending.ts';
import { type BeginInput, type EndInput, visitMachine } from './machine.ts';

/** Bytes that a visit with all its photographs may take, with as much again for the way out. */
const roomForVisit = 64 * 1024 * 1024;

/** What the visit does to this terminal. A disk that says no is an answer here, and never an exception. */
export function visitOn(terminal: Terminal) {
  const { device, ports } = terminal;

  /** Opens a space for as long as the work in it goes well; nothing of what did not stays behind. */
  async function inSpace<R extends { readonly ok: boolean }>(
    signal: AbortSignal,
    work: (space: VisitSpace) => Promise<R>,
  ): Promise<R> {
    const space = await device.openVisit();
    let keep = false;
    try {
      const done = await work(space);
      // Whoever touched "end" meanwhile is gone, and nobody else knows of this space.
      keep = done.ok && !signal.aborted;
      return done;
    } finally {
      if (!keep) await space.end();
    }
  }

  async function begin(space: VisitSpace, from: Target | Draft, language?: Language) {
    const begun = await beginVisit(
      { ...ports(), store: space.drafts },
      from,
      language === undefined ? {} : { language },
    );
    return begun.ok ? ({ ok: true, value: { visit: begun.value, space } } as const) : begun;
  }

  return visitMachine.provide({
    actions: { leavePage: freshPage },
    actors: {
      begin: fromPromise(
        ({
          input: { target, language, evidence },
          signal,
        }: {
          input: BeginInput;
          signal: AbortSignal;
        }) =>
          attempt(async () => {
            // A full disk is said before anybody has filled in anything, and nothing unsent is ever thrown out for room.
            const room = await device.room();
            if (room !== undefined && room < roomForVisit) return err('quota-exceeded' as const);
            return inSpace(signal, async (space) => {
              const opened = await begin(space, target, language);
              if (!opened.ok || evidence === undefined) return opened;
              const known = await opened.value.visit.identify(evidence);
              return known.ok ? opened : known;
            });
          }),
      ),
      resume: fromPromise(
        ({ input: { code }, signal }: { input: { code: string }; signal: AbortSignal }) =>
          attempt(() =>
            inSpace(signal, async (space) => {
              const taken = await device.handover.take(code, space.drafts);
              return taken.ok ? begin(space, taken.value) : taken;
            }),
          ),
      ),
      leave: fromPromise(({ input: { space } }: { input: { space: VisitSpace } }) => space.end()),
      end: fromPromise(({ input: { spaces } }: { input: EndInput }) => endAll(spaces)),
    },
  });
}

/** All of them at once: one that cannot be ended must not keep the key of another. */
export async function endAll(spaces: readonly VisitSpace[]): Promise<void> {
  const ended = await Promise.allSettled(spaces.map((space) => space.end()));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
