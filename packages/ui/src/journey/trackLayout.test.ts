import { expect, test } from 'vitest';
import { layOut } from './trackLayout.ts';

test('each item stands one step further in than what it waits for', () => {
  const nodes = layOut([
    { id: 'certificate', after: [] },
    { id: 'vaccination', after: ['certificate'] },
    { id: 'household', after: ['certificate'] },
    { id: 'insurance', after: ['household'] },
    { id: 'card', after: ['household', 'insurance'] },
  ]);
  expect(nodes.map((node) => node.depth)).toEqual([0, 1, 1, 2, 3]);
  expect(nodes.map((node) => node.parents)).toEqual([[], [0], [0], [2], [2, 3]]);
});

test('an item that waits for something outside the plan stands at the start', () => {
  expect(layOut([{ id: 'card', after: ['household'] }])).toEqual([
    { index: 0, depth: 0, parents: [] },
  ]);
});
