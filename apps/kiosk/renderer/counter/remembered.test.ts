import { expect, test } from 'vitest';
import { rememberedWho, rememberWho } from './remembered.ts';

/** What a tab keeps, as `sessionStorage` does. */
function tab() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

const who = { account: 'window3', name: '何敏', role: 'counter', window: '3' } as const;

test('who works at the window is known again after a reload, and forgotten after leaving', () => {
  const storage = tab();
  rememberWho(storage, who);
  expect(rememberedWho(storage)).toEqual(who);
  rememberWho(storage, undefined);
  expect(rememberedWho(storage)).toBeUndefined();
});

test.each([
  ['another role', JSON.stringify({ ...who, role: 'desk' })],
  ['another shape', JSON.stringify({ account: 1 })],
  ['no JSON', '{'],
])('%s is nobody', (_, kept) => {
  const storage = tab();
  storage.setItem('tongban-counter-who', kept);
  expect(rememberedWho(storage)).toBeUndefined();
});
