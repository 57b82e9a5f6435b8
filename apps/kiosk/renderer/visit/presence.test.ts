import { describe, expect, test } from 'vitest';
import { createActor, SimulatedClock } from 'xstate';
import { presence } from './presence.ts';

function begin() {
  const clock = new SimulatedClock();
  const actor = createActor(presence, { clock, input: { idle: 60_000, countdown: 30_000 } });
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

  test('waits while somebody signs and a page prints, until the last of them is over', () => {
    const { actor, pass, at } = begin();
    actor.send({ type: 'hold' });
    actor.send({ type: 'hold' });
    pass(300);
    expect(at()).toBe('here');
    actor.send({ type: 'release' });
    pass(300);
    expect(at()).toBe('here');
    actor.send({ type: 'release' });
    pass(59);
    expect(at()).toBe('here');
    pass(1);
    expect(at()).toBe('asked');
  });
});
