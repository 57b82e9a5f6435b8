import type { DictionaryField } from '@tongban/core';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import common from '../../locales/zh-CN/common.json' with { type: 'json' };
import { startLanguages } from '../language/start.ts';
import { type Place, Surround } from '../setting/surroundings.tsx';
import { KeypadDock, KeypadDockSlot } from './KeypadDock.tsx';
import { TextControl } from './TextControl.tsx';
import '../styles/index.css';

let root: Root;
const words = { 'zh-CN': '-', en: '-' };
const about = { label: words, grade: 4, purpose: words, retentionYears: 0 } as const;
const name: DictionaryField = { ...about, id: 'name', kind: 'name', maxLength: 50 };
const number: DictionaryField = { ...about, id: 'number', kind: 'resident-id', maxLength: 18 };

beforeAll(() => startLanguages({ language: 'zh-CN', namespaces: ['common', 'fault'] }));
beforeEach(() => {
  document.body.innerHTML = '<main id="root"></main>';
  root = createRoot(document.getElementById('root')!);
});
afterEach(() => root.unmount());

function show(place: Place, field: DictionaryField, value: string) {
  const onAnswer = vi.fn();
  document.documentElement.dataset.place = place;
  root.render(
    <Surround place={place}>
      <KeypadDock>
        <TextControl field={field} label="姓名" value={value} required onAnswer={onAnswer} />
        <KeypadDockSlot />
      </KeypadDock>
    </Surround>,
  );
  return { input: page.getByRole('textbox'), onAnswer };
}

const button = (label: string) => page.getByRole('button', { name: label, exact: true });

test('on a phone the dot between the parts of a name is a button', async () => {
  const { input, onAnswer } = show('phone', name, '古丽');
  await button(common.rare.dot).click();
  await expect.element(input).toHaveValue('古丽·');
  await expect.element(input).toHaveFocus();
  await userEvent.keyboard('艾合买提');
  await userEvent.tab();
  expect(onAnswer).toHaveBeenLastCalledWith('古丽·艾合买提');
});

test('a rare character is found by its radical, shown, and then taken', async () => {
  const { input } = show('phone', name, '丁');
  await button(common.rare.open).click();
  await button('水氵').click();
  await button('㳠').click();
  await expect.element(page.getByText('U+3CE0')).toBeVisible();
  await expect.element(input).toHaveValue('丁');
  await button(common.rare.take).click();
  await expect.element(input).toHaveValue('丁㳠');
});

test('a code is entered by its keys or on a keyboard, and only a character is taken', async () => {
  const { input } = show('counter', name, '');
  await button(common.rare.open).click();
  await button(common.rare.byCode).click();
  await userEvent.keyboard('20b');
  await expect.element(button(common.rare.take)).toBeDisabled();
  for (const key of ['B', '7']) await button(key).click();
  await expect.element(page.getByText('U+20BB7')).toBeVisible();
  await button(common.rare.take).click();
  await expect.element(input).toHaveValue('𠮷');
});

test('on a kiosk they lie on the keyboard on the glass, and the field keeps the focus', async () => {
  const { input } = show('kiosk', name, '丁');
  await input.click();
  await button(common.rare.open).click();
  await button(common.rare.byCode).click();
  for (const key of [...'3CE0']) await button(key).click();
  await button(common.rare.take).click();
  await expect.element(input).toHaveValue('丁㳠');
  await expect.element(input).toHaveFocus();
  await expect.element(page.getByText(common.board.hint)).toBeVisible();
});

test.each([
  ['320199199403120027', common.typedRight],
  ['320199199403120028', common.typedWrong],
])('%s: its check digit is looked at while it is typed', async (typed, said) => {
  const { input } = show('phone', number, '');
  await input.click();
  await userEvent.keyboard(typed.slice(0, -1));
  expect(page.getByText(said).elements()).toEqual([]);
  await userEvent.keyboard(typed.slice(-1));
  await expect.element(page.getByText(said)).toBeVisible();
});
