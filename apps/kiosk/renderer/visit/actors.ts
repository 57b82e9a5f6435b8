import { beginVisit, type Draft, err, type Language, type Target } from '@tongban/core';
import type { VisitSpace } from '@tongban/sync';
import { fromPromise } from 'xstate';
import type { Terminal } from '../terminal/terminal.ts';
import { freshPage } from './ending.ts';
import { type BeginInput, type EndInput, visitMachine } from './machine.ts';

/** Bytes that a visit with all its photographs may take, with as much again for the way out. */
const roomForVisit = 64 * 1024 * 1024;

/** What the visit does to this terminal. */
export function visitOn(terminal: Terminal) {
  const { device, ports } = terminal;

  async function inSpace(space: VisitSpace, from: Target | Draft, language?: Language) {
    const begun = await beginVisit(
      { ...ports(), store: space.drafts },
      from,
      language === undefined ? {} : { language },
    );
    if (begun.ok) return { ok: true, value: { visit: begun.value, space } } as const;
    await space.end();
    return begun;
  }

  return visitMachine.provide({
    actors: {
      begin: fromPromise(
        async ({ input: { target, language, evidence } }: { input: BeginInput }) => {
          // A full disk is said before anybody has filled in anything, and nothing unsent is ever thrown out for room.
          const room = await device.room();
          if (room !== undefined && room < roomForVisit) return err('quota-exceeded' as const);
          const opened = await inSpace(await device.openVisit(), target, language);
          if (opened.ok && evidence !== undefined) {
            const known = await opened.value.visit.identify(evidence);
            if (!known.ok) return known;
          }
          return opened;
        },
      ),
      resume: fromPromise(async ({ input: { code } }: { input: { code: string } }) => {
        const space = await device.openVisit();
        const taken = await device.handover.take(code, space.drafts);
        if (taken.ok) return inSpace(space, taken.value);
        await space.end();
        return taken;
      }),
      leave: fromPromise(async ({ input: { space } }: { input: { space: VisitSpace } }) => {
        await space.end();
      }),
      end: fromPromise(async ({ input: { spaces } }: { input: EndInput }) => {
        // First the keys of this visit, then its databases, then what this document still holds.
        for (const space of spaces) await space.end();
        freshPage();
      }),
    },
  });
}
