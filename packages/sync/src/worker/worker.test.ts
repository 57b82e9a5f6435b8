import { describe, expect, test } from 'vitest';
import { browserChannels, browserLocks } from '../testing/browser.ts';
import { handTimer } from '../testing/hands.ts';
import { put, scene, states } from '../testing/scene.ts';
import { settle } from '../testing/transport.ts';
import { takeSeat } from './worker.ts';

describe('worker', () => {
  test('[O8] one tab works; when it dies another takes over at once and goes on', async () => {
    const { tab: open, envelope, flow, locks, centre, under } = scene();
    const first = await open();
    const second = await open();
    await flow();
    const one = envelope(2);
    await put(second, one);
    await settle();
    under('uploads')[0]?.deliver();
    await settle();
    expect(locks.holder('worker')).toBe(first.name);
    first.kill();
    await flow();
    expect(locks.holder('worker')).toBe(second.name);
    expect(centre.accepted).toEqual([one.envelope.submissionId]);
    expect((await states(second))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
  });

  test('[O8] a tab that leaves in good order hands over too, and stops what was under way', async () => {
    const { tab: open, envelope, flow, locks, under } = scene();
    const first = await open();
    const second = await open();
    await flow();
    await put(first, envelope(1));
    await settle();
    expect(under('uploads')).toHaveLength(1);
    await first.close();
    await settle();
    expect(locks.holder('worker')).toBe(second.name);
    await flow();
    expect(Object.values(await states(second))).toMatchObject([{ at: 'received' }]);
    await second.close();
    expect(locks.holder('worker')).toBeUndefined();
  });

  test('[O8] the tab people look at takes over from a frozen one, which does no harm when it thaws', async () => {
    const { tab: open, envelope, flow, locks, centre, under } = scene();
    const frozen = await open();
    await flow();
    const one = envelope(1);
    await put(frozen, one);
    await settle();
    const late = under('uploads')[0];
    const looked = await open();
    frozen.freeze();
    looked.seat.lookedAt();
    await settle();
    looked.timer.pass(2_001);
    await settle();
    expect(locks.holder('worker')).toBe(looked.name);
    for (const request of under('').filter((other) => other !== late)) request.deliver();
    await flow();
    expect((await states(looked))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
    frozen.thaw();
    late?.deliver();
    await flow();
    expect((await states(looked))[one.envelope.submissionId]).toMatchObject({ at: 'received' });
    expect(centre.accepted).toEqual([one.envelope.submissionId]);
  });

  test('[O8] [S6] a tab whose disk refuses lets another work, and comes back later', async () => {
    const locks = browserLocks();
    const channels = browserChannels();
    const log: string[] = [];
    const refusing = { disk: true };
    const seat = (tab: string, refuses: () => boolean) => {
      const timer = handTimer();
      const taken = takeSeat({
        name: 'worker',
        locks: locks.ofTab(tab),
        timer,
        channel: channels,
        async start() {
          if (refuses()) throw new DOMException('internal error', 'UnknownError');
          log.push(`${tab} works`);
          return { stop: async () => void log.push(`${tab} stops`) };
        },
      });
      return { ...taken, timer };
    };
    const broken = seat('broken', () => refusing.disk);
    await settle();
    const sound = seat('sound', () => false);
    await settle();
    expect(log).toEqual(['sound works']);
    refusing.disk = false;
    broken.timer.pass(30_000);
    await settle();
    await sound.leave();
    await settle();
    expect(log).toEqual(['sound works', 'sound stops', 'broken works']);
    await broken.leave();
    expect(log.at(-1)).toBe('broken stops');
  });

  test('[O8] a worker that answers keeps its seat', async () => {
    const { tab: open, flow, locks } = scene();
    const first = await open();
    const second = await open();
    await flow();
    second.seat.lookedAt();
    await settle();
    second.timer.pass(10_000);
    await settle();
    expect(locks.holder('worker')).toBe(first.name);
  });
});
