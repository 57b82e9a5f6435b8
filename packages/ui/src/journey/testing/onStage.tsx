import { shippedCatalogue } from '@tongban/catalogue';
import { demonstrationTrust } from '@tongban/catalogue/demonstration';
import {
  beginVisit,
  type IdentityEvidence,
  type Line,
  type LineState,
  systemClock,
  systemRandom,
  type Visit,
  type VisitPorts,
} from '@tongban/core';
import {
  type MemoryDisk,
  memoryCentre,
  memoryDisk,
  memoryDraftStore,
  memoryOutbox,
  memoryVault,
} from '@tongban/core/testing';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { onTestFinished } from 'vitest';
import { FrameContext } from '../../frame/frame.ts';
import { startLanguages } from '../../language/start.ts';
import { Surround } from '../../setting/surroundings.tsx';
import { JourneyContext, type JourneyPlace } from '../journey.ts';

/** A residence permit on a phone: a real visit over a disk in memory, and one screen of it on the page. */
export interface JourneyOnStage {
  readonly visit: Visit;
  readonly place: JourneyPlace;
  readonly disk: MemoryDisk;
  setLine(state: LineState): void;
  show(screen: ReactNode, shown?: Visit): void;
}

export async function journeyOnStage(ports: Partial<VisitPorts> = {}): Promise<JourneyOnStage> {
  const disk = memoryDisk();
  const centre = await memoryCentre();
  const all: VisitPorts = {
    clock: systemClock,
    random: systemRandom,
    vault: await memoryVault(),
    store: memoryDraftStore(disk),
    outbox: memoryOutbox(disk, systemClock.now),
    catalogue: () => shippedCatalogue,
    channel: '2',
    appVersion: '0.1.0',
    centreKey: async () => centre.publicJwk,
    fonts: async () => {
      throw new Error('This test draws no papers');
    },
    ...ports,
  };
  const begun = await beginVisit(all, { kind: 'item', id: 'residence-permit' });
  if (!begun.ok) throw new Error(begun.error);
  await startLanguages({
    language: 'zh-CN',
    namespaces: ['common', 'journey', 'fault', 'status', 'scan'],
  });
  const line = lineByHand();
  const place: JourneyPlace = {
    catalogue: all.catalogue(),
    clock: all.clock,
    line,
    outbox: all.outbox,
    trust: demonstrationTrust,
    fonts: all.fonts,
    lastKnown: async () => undefined,
    watchStatus: () => () => undefined,
    hold: () => () => undefined,
  };
  document.body.innerHTML = '<div id="root"></div>';
  const root = createRoot(document.getElementById('root') as HTMLElement);
  onTestFinished(() => root.unmount());
  return {
    visit: begun.value,
    place,
    disk,
    setLine: line.set,
    show(screen, shown = begun.value) {
      root.render(
        <Surround place="phone">
          <FrameContext value={{ line: null, onHelp: () => undefined }}>
            <JourneyContext value={{ visit: shown, place }}>{screen}</JourneyContext>
          </FrameContext>
        </Surround>,
      );
    },
  };
}

function lineByHand(): Line & { set(state: LineState): void } {
  let now: LineState = { at: 'cut', since: '2026-11-23T06:00:00.000Z', why: 'unreachable' };
  const listeners = new Set<(state: LineState) => void>();
  return {
    state: () => now,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(state) {
      now = state;
      for (const listener of listeners) listener(state);
    },
  };
}

/** Of a made-up person. */
export const evidence: IdentityEvidence = {
  source: 'typed',
  assurance: 'declared',
  readAt: '2026-11-23T06:00:00.000Z',
  attributes: {
    name: '丁小禾',
    residentId: '320199199403120027',
    sex: '2',
    birthDate: '1994-03-12',
  },
};
