import { describe, expect, test } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { presence, usualPatience } from './presence.ts';

function begin() {
  const clock = new SimulatedClock();
  const actor = createActor(presence, { clock, input: usualPatience });
  actor.start();
  /** One second at a time, as it passes. */
  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second++) clock.increment(1000);
  };
  const at = () => {
    const { value } = actor.getSnapshot();
    return typeof value === 'string' ? value : Object.keys(value)[0];
  };
  return { actor, pass, at, left: () => actor.getSnapshot().context.left };
}

describe('presence at the terminal', () => {
  test('asks after the idle time and ends after the countdown', () => {
    const { pass, at, left } = begin();
    pass(59);
    expect(at()).toBe('here');
    pass(1);
    expect(at()).toBe('asked');
    expect(left()).toBe(30);
    pass(6);
    expect(left()).toBe(24);
    pass(23);
    expect(left()).toBe(1);
    expect(at()).toBe('asked');
    pass(1);
    expect(at()).toBe('gone');
  });

  test('a touch begins the waiting anew, also in the middle of the countdown', () => {
    const { actor, pass, at } = begin();
    pass(50);
    actor.send({ type: 'touch' });
    pass(50);
    expect(at()).toBe('here');
    pass(20);
    expect(at()).toBe('asked');
    actor.send({ type: 'touch' });
    expect(at()).toBe('here');
    pass(60);
    expect(at()).toBe('asked');
  });

  test.each([
    ['signing', 180],
    ['scanning', 120],
    ['printing', 120],
  ] as const)(
    '%s is waited for %i seconds without a touch, then the screen asks and the visit ends',
    (why, seconds) => {
      const { actor, pass, at } = begin();
      actor.send({ type: 'hold', why });
      pass(seconds - 1);
      expect(at()).toBe('here');
      pass(1);
      expect(at()).toBe('asked');
      pass(30);
      expect(at()).toBe('gone');
    },
  );

  test('each stroke begins the waiting of a hand that signs anew', () => {
    const { actor, pass, at } = begin();
    actor.send({ type: 'hold', why: 'signing' });
    pass(179);
    actor.send({ type: 'touch' });
    pass(179);
    expect(at()).toBe('here');
    pass(1);
    expect(at()).toBe('asked');
  });

  test('of several holds the longest counts, and after the last of them the usual waiting begins anew', () => {
    const { actor, pass, at } = begin();
    actor.send({ type: 'hold', why: 'scanning' });
    actor.send({ type: 'hold', why: 'signing' });
    actor.send({ type: 'hold', why: 'scanning' });
    actor.send({ type: 'release', why: 'scanning' });
    pass(179);
    expect(at()).toBe('here');
    actor.send({ type: 'release', why: 'signing' });
    pass(119);
    expect(at()).toBe('here');
    actor.send({ type: 'release', why: 'scanning' });
    pass(59);
    expect(at()).toBe('here');
    pass(1);
    expect(at()).toBe('asked');
  });

  test('whoever comes back to a line they were signing has the whole time again', () => {
    const { actor, pass, at } = begin();
    actor.send({ type: 'hold', why: 'signing' });
    pass(190);
    expect(at()).toBe('asked');
    actor.send({ type: 'touch' });
    pass(179);
    expect(at()).toBe('here');
    pass(1);
    expect(at()).toBe('asked');
  });
});
