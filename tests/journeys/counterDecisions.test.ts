import { spacedCaseNumber } from '@tongban/core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type LaunchedChromium,
  launchChromium,
  startTongban,
  type Tongban,
} from '../support/index.ts';
import { askDatabase } from './hands/database.ts';
import { filePermits } from './hands/permits.ts';
import { hall, looked, signIn } from './hands/staff.ts';

let tongban: Tongban;
let counter: LaunchedChromium;

beforeAll(async () => {
  tongban = await startTongban();
  counter = await launchChromium({ context: hall(1920, 1080) });
});

afterAll(async () => {
  await counter?.close();
  await tongban?.stop();
});

const searchField = (page: Page) => page.getByRole('search').getByRole('searchbox');

/** Opens a case by its number, as it is read off a receipt. */
async function find(page: Page, number: string): Promise<void> {
  await searchField(page).fill(number);
  await page.keyboard.press('Enter');
  await page.locator('.counter-case').getByText(spacedCaseNumber(number)).first().waitFor();
}

test('what came whole is accepted as it is; what cannot be done here is refused with its reason; a fault is corrected first', async () => {
  const window3 = await signIn(counter.context, `${tongban.origin}/counter/`, 'window3');
  const missing = window3.locator('.counter-miss');
  const card = (name: string) => missing.locator('.counter-card-on', { hasText: name });
  const [whole = '', foreign = '', unconsented = ''] = await filePermits(tongban.origin, [
    () => ({}),
    () => ({}),
    () => ({ consents: [] }),
  ]);

  await find(window3, whole);
  await missing.getByText('材料齐了').first().waitFor();
  await window3.keyboard.press('F8');
  await card('受理').waitFor();
  await window3.keyboard.press('Control+Enter');
  await missing.getByText(/^已受理/).waitFor();

  await find(window3, foreign);
  await window3.keyboard.press('F7');
  await card('不予受理').waitFor();
  // Without a reason nothing is sent.
  await window3.keyboard.press('Control+Enter');
  await missing.getByText('至少选一条理由').first().waitFor();
  await window3.getByLabel(/这件事不归本部门办/).check();
  await window3.getByLabel('给申请人的话').fill('请到北塔区政务服务大厅办理。');
  await looked(window3, 'counter-refuse');
  await window3.keyboard.press('Control+Enter');
  await missing.getByText(/^不予受理已发出/).waitFor();

  await find(window3, unconsented);
  await missing.getByText('没有本人同意的记录，请向本人说明并补记。').waitFor();
  await missing.getByText('先更正').first().waitFor();
  await window3.keyboard.press('F8');
  expect(await card('受理').count()).toBe(0);
  await window3.keyboard.press('F4');
  await card('更正完成').waitFor();
  await window3.getByLabel('给申请人的话').fill('已当面说明，本人同意。');
  await looked(window3, 'counter-correction');
  await window3.keyboard.press('Control+Enter');
  await missing.getByText(/^更正已完成/).waitFor();
  await window3.keyboard.press('F8');
  await card('受理').waitFor();
  await window3.keyboard.press('Control+Enter');
  await missing.getByText(/^已受理/).waitFor();

  const states = await askDatabase<{ case_number: string; state: string }>(
    tongban.dataFolder,
    'select case_number, state from cases where case_number in ($1, $2, $3)',
    [whole, foreign, unconsented],
  );
  expect(Object.fromEntries(states.map((one) => [one.case_number, one.state]))).toEqual({
    [whole]: 'accepted',
    [foreign]: 'refused',
    [unconsented]: 'accepted',
  });
});
