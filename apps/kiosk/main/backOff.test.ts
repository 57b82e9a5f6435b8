import { expect, it } from 'vitest';
import { createBackOff } from './backOff.ts';

it('reloads at once, then later and later, then starts again', () => {
  let now = 0;
  const next = createBackOff(() => now);
  const steps = Array.from({ length: 6 }, () => {
    now += 100;
    return next();
  });
  expect(steps.map((step) => (step.kind === 'reload' ? step.afterMs : step.kind))).toEqual([
    0,
    250,
    500,
    1000,
    2000,
    'relaunch',
  ]);
});

it('forgets crashes of long ago', () => {
  let now = 0;
  const next = createBackOff(() => now);
  next();
  now = 61_000;
  expect(next()).toEqual({ kind: 'reload', afterMs: 0 });
});
