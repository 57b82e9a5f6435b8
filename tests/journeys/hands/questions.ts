import { shippedCatalogue } from '@tongban/catalogue';
import type { DictionaryField } from '@tongban/core';
import type { Page } from 'playwright-core';
import { say } from './words.ts';

/** What a person answers, by dictionary field id. */
export type Answers = Readonly<Record<string, string>>;

/**
 * Goes through the questions of a journey and answers whatever is asked and not yet filled in, until another
 * screen stands. So it follows the catalogue: it knows what the person knows, not which question comes when.
 */
export async function answerQuestions(page: Page, answers: Answers): Promise<void> {
  const screen = page.locator('[data-screen="question"]');
  const count = page.getByText(/^第 \d+ 题，共 \d+ 题/);
  await screen.waitFor();
  while (await screen.isVisible()) {
    const asked = (await count.textContent()) ?? '';
    for (const field of shippedCatalogue.dictionary) {
      const value = answers[field.id];
      if (value !== undefined) await answerField(page, field, value);
    }
    await screen.locator('.primary').click();
    // An answer may bring up another field of the same question; then the screen says what is still to be filled in.
    await count
      .filter({ hasNotText: asked })
      .or(page.locator('[data-screen="materials"]'))
      .or(screen.getByRole('alert'))
      .first()
      .waitFor();
  }
}

async function answerField(page: Page, field: DictionaryField, value: string): Promise<void> {
  const name = field.label['zh-CN'];
  const group = page
    .getByRole('radiogroup', { name, exact: true })
    .or(page.getByRole('group', { name, exact: true }));
  const typed = page.getByRole('textbox', { name, exact: true });
  if ((await group.count()) === 1) {
    if (field.kind === 'date') {
      const parts = value.split('-').map((part) => String(Number(part)));
      for (const [i, unit] of ['年', '月', '日'].entries()) {
        await group.getByRole('textbox', { name: unit }).fill(parts[i] ?? '');
      }
      return;
    }
    const choice =
      field.kind === 'yes-no'
        ? say(`common:${value}`)
        : (field.choices?.find((one) => one.value === value)?.label['zh-CN'] ?? value);
    await group.getByRole('radio', { name: choice, exact: true }).check();
    return;
  }
  if ((await typed.count()) === 1 && (await typed.inputValue()) === '') await typed.fill(value);
}
