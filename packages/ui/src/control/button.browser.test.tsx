import { useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Primary } from './Button.tsx';

let root: Root;

beforeEach(() => {
  document.body.innerHTML = '<div id="root"></div>';
  root = createRoot(document.getElementById('root')!);
});

afterEach(() => root.unmount());

/** Screens one after the other, with the way on in the same place. */
function Screens() {
  const [at, setAt] = useState(1);
  return (
    <main key={at}>
      <h1>{at}</h1>
      <Primary onPress={() => setAt(at + 1)}>on</Primary>
    </main>
  );
}

const onward = () => document.querySelector('button')!;
const shown = () => document.querySelector('h1')?.textContent;

test('a double tap goes one screen further, and so does each tap by itself', async () => {
  root.render(<Screens />);
  await expect.poll(shown).toBe('1');
  await userEvent.dblClick(onward());
  expect(shown()).toBe('2');
  await userEvent.click(onward());
  expect(shown()).toBe('3');
});

test('a key presses as often as it is struck', async () => {
  root.render(<Screens />);
  await expect.poll(shown).toBe('1');
  onward().focus();
  await userEvent.keyboard('{Enter}');
  onward().focus();
  await userEvent.keyboard('{Enter}');
  expect(shown()).toBe('3');
});
