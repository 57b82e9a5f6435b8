import { err, ok } from '@tongban/core';
import { classify } from '@tongban/core/scan';
import { handTime } from '@tongban/core/testing';
import { describe, expect, test } from 'vitest';
import type { ScannedCode } from '../scan/messages.ts';
import { type Awaiting, scanDesk } from './scanDesk.ts';

const handover = ok('TBH1:bG9j.a2V5');

function desk() {
  const time = handTime();
  const one = scanDesk(classify, time.timer);
  const taken: [string, ScannedCode['meaning']['kind']][] = [];
  const screen = (name: string, more: Partial<Awaiting> = {}) =>
    one.await({
      isOpen: () => true,
      async take({ meaning }) {
        taken.push([name, meaning.kind]);
        return undefined;
      },
      ...more,
    });
  return { desk: one, taken, screen, pass: time.pass };
}

describe('what a hand scanner read', () => {
  test('goes to the screen that came last, and to the one below when that has gone', async () => {
    const { desk: at, taken, screen, pass } = desk();
    screen('below');
    const leave = screen('above');
    expect(await at.hear(handover)).toEqual({ at: 'taken' });
    leave();
    pass(5_000);
    await at.hear(handover);
    expect(taken).toEqual([
      ['above', 'handover'],
      ['below', 'handover'],
    ]);
  });

  test('goes past a screen that has no use for its kind, or lies under a dialog', async () => {
    const { desk: at, taken, screen } = desk();
    screen('counter');
    screen('identity', { kinds: ['credential', 'sd-jwt-vc'] });
    screen('under', { isOpen: () => false });
    await at.hear(handover);
    expect(taken).toEqual([['counter', 'handover']]);
  });

  test('is said to be of no use where no screen awaits it, a web address too', async () => {
    const { desk: at } = desk();
    expect(await at.hear(handover)).toEqual({ at: 'not-awaited' });
    expect(await at.hear(ok('https://example.org/'))).toEqual({ at: 'not-awaited' });
  });

  test('is refused in the words of the screen, each time', async () => {
    const { desk: at, screen } = desk();
    screen('identity', { take: async () => '这里不用这个码' });
    const refused = { at: 'refused', sentence: '这里不用这个码' };
    expect([await at.hear(handover), await at.hear(handover)]).toEqual([refused, refused]);
  });

  test('counts once while the trigger is held down', async () => {
    const { desk: at, taken, screen, pass } = desk();
    screen('home');
    await at.hear(handover);
    pass(1_000);
    expect(await at.hear(handover)).toEqual({ at: 'again' });
    pass(3_000);
    expect(await at.hear(handover)).toEqual({ at: 'taken' });
    expect(taken).toHaveLength(2);
  });

  test('waits for nothing: another code while one is looked at is said to be left out, and the same one is not', async () => {
    const { desk: at, taken, screen, pass } = desk();
    const looking = Promise.withResolvers<undefined>();
    const leave = screen('identity', { take: () => looking.promise });
    const first = at.hear(handover);
    expect(await at.hear(handover)).toEqual({ at: 'again' });
    expect(await at.hear(ok('TB1:x'))).toEqual({ at: 'busy' });
    pass(60_000);
    expect(await at.hear(handover)).toEqual({ at: 'again' });
    looking.resolve(undefined);
    expect(await first).toEqual({ at: 'taken' });
    leave();
    screen('home');
    expect(await at.hear(ok('TB1:x'))).toEqual({ at: 'taken' });
    expect(taken).toHaveLength(1);
  });

  test('goes nowhere when it was no text', async () => {
    const { desk: at, taken, screen } = desk();
    screen('home');
    expect(await at.hear(err('caps-lock'))).toEqual({ at: 'failed', why: 'caps-lock' });
    expect(taken).toEqual([]);
  });
});
