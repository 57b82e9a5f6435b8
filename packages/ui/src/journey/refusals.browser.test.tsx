import { err, type IdentityEvidence, type IdReader, ok, type Visit } from '@tongban/core';
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import fault from '../../locales/zh-CN/fault.json' with { type: 'json' };
import journey from '../../locales/zh-CN/journey.json' with { type: 'json' };
import { FrameContext } from '../frame/frame.ts';
import { startLanguages } from '../language/start.ts';
import { Surround } from '../setting/surroundings.tsx';
import { HeldFiles } from './HeldFiles.tsx';
import { IdentityScreen } from './IdentityScreen.tsx';
import { JourneyContext, type JourneyPlace } from './journey.ts';

let root: Root;

beforeAll(() =>
  startLanguages({ language: 'zh-CN', namespaces: ['common', 'journey', 'fault', 'kiosk'] }),
);
beforeEach(() => {
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
});
afterEach(() => root.unmount());

const snapshot = { plan: { name: { 'zh-CN': '居住证申领' }, minutes: 8 } };

function show(visit: Partial<Visit>, place: Partial<JourneyPlace>, children: ReactNode) {
  const whole = {
    snapshot: () => snapshot,
    subscribe: () => () => undefined,
    open: async () => undefined,
    ...visit,
  };
  root.render(
    <Surround place="kiosk">
      <FrameContext value={{ line: null, onHelp: () => undefined }}>
        <JourneyContext value={{ visit: whole as Visit, place: place as JourneyPlace }}>
          {children}
        </JourneyContext>
      </FrameContext>
    </Surround>,
  );
}

test('a card that could not be kept is said, and the next one is waited for', async () => {
  const cards = [{ device: 'first' }, { device: 'second' }] as readonly Partial<IdentityEvidence>[];
  const reading = cards.values();
  const reader: IdReader = {
    read: async (signal) => {
      const card = reading.next().value;
      if (card !== undefined) return ok(card as IdentityEvidence);
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    },
  };
  const seen: (string | undefined)[] = [];
  const identify = async (evidence: IdentityEvidence) => {
    seen.push(evidence.device);
    return seen.length === 1 ? err('quota-exceeded' as const) : ok(undefined);
  };
  const identified = vi.fn();
  show(
    { identify },
    { reader },
    <IdentityScreen onBack={() => undefined} onIdentified={identified} />,
  );
  await expect.poll(() => identified.mock.calls.length).toBe(1);
  expect(seen).toEqual(['first', 'second']);
});

test('a card that could not be kept is said for as long as no other lies there', async () => {
  let read = false;
  const reader: IdReader = {
    read: async (signal) => {
      if (!read) {
        read = true;
        return ok({ device: 'only' } as IdentityEvidence);
      }
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    },
  };
  show(
    { identify: async () => err('storage-refused') },
    { reader },
    <IdentityScreen onBack={() => undefined} onIdentified={() => undefined} />,
  );
  await expect.element(page.getByRole('alert')).toHaveTextContent(fault.store['storage-refused']);
});

test.each(['no-reader', 'no-answer', 'self-test', 'unlicensed', 'lift-card'] as const)(
  '%s is said until the reader waits for a card again',
  async (why) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let wrong = true;
      const reader: IdReader = {
        read: async (signal) => {
          if (wrong) return err(why);
          return new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve(undefined));
          });
        },
      };
      show({}, { reader }, <IdentityScreen onBack={vi.fn()} onIdentified={vi.fn()} />);
      await expect.element(page.getByRole('alert')).toHaveTextContent(fault.reader[why]);
      await vi.advanceTimersByTimeAsync(10_000);
      await expect.element(page.getByRole('alert')).toHaveTextContent(fault.reader[why]);
      wrong = false;
      await vi.advanceTimersByTimeAsync(6_000);
      await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
    } finally {
      vi.useRealTimers();
    }
  },
);

test.each(['wrong-card', 'not-authentic', 'contradiction', 'card-expired', 'not-served'] as const)(
  '%s is said for as long as that card lies there',
  async (why) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const said = [why, 'lift-card', 'lift-card', 'read-failed'] as const;
      const saying = said.values();
      const reader: IdReader = {
        read: async () => err(saying.next().value ?? 'lift-card'),
      };
      show({}, { reader }, <IdentityScreen onBack={vi.fn()} onIdentified={vi.fn()} />);
      const alert = page.getByRole('alert');
      await expect.element(alert).toHaveTextContent(fault.reader[why]);
      await vi.advanceTimersByTimeAsync(2_000);
      await expect.element(alert).toHaveTextContent(fault.reader[why]);
      // Another one was put down,
      await vi.advanceTimersByTimeAsync(800);
      await expect.element(alert).toHaveTextContent(fault.reader['read-failed']);
      await vi.advanceTimersByTimeAsync(800);
      await expect.element(alert).toHaveTextContent(fault.reader['lift-card']);
    } finally {
      vi.useRealTimers();
    }
  },
);

test('a bug in the reader goes to the boundary: nobody waits before a screen that waits for nothing', async () => {
  const broken = new Error('refused');
  const caught = vi.fn();
  root.unmount();
  root = createRoot(document.getElementById('root')!, { onUncaughtError: caught });
  const reader: IdReader = { read: () => Promise.reject(broken) };
  show({}, { reader }, <IdentityScreen onBack={vi.fn()} onIdentified={vi.fn()} />);
  await vi.waitFor(() => expect(caught.mock.calls[0]?.[0]).toBe(broken));
});

test('a picture that could not be taken back stays, and the screen says why', async () => {
  const file = {
    address: 'a',
    type: 'application/pdf',
    addedAt: '2026-11-23T06:40:00Z',
  } as never;
  show(
    { detach: async () => err('storage-refused') },
    {},
    <HeldFiles material="home-proof" name="住所证明" files={[file]} />,
  );
  await page.getByText(journey.material.remove).click();
  await expect.element(page.getByRole('alert')).toHaveTextContent(fault.store['storage-refused']);
  await expect.element(page.getByText(journey.material.remove)).toBeVisible();
});
