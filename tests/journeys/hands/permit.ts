import type { Page } from 'playwright-core';
import { atScreen, touch } from './kiosk.ts';
import { photographOf } from './materialPhotograph.ts';
import { say, saying } from './words.ts';

/** What the person answers beside what the code on the phone says. Nobody lives there. */
export const permit = {
  item: '居住证申领',
  street: '南湖区桂子街道',
  address: '澜州市南湖区桂子路 20 号 3 单元 501 室',
  /** As typed first: one character is wrong. */
  mistyped: '澜州市南湖区桂子路 20 号 3 单元 502 室',
  mobile: '13800006620',
  since: ['2026', '3', '1'],
} as const;

/** From the home to the person's question who one is: the service is found by people's own words. */
export async function choosePermit(page: Page): Promise<void> {
  await touch(page, new RegExp(`^${say('kiosk:door.apply.name')}`));
  await page.getByRole('tab', { name: say('kiosk:choose.way.search') }).click();
  await page.getByRole('searchbox').fill('居住证');
  await touch(page, new RegExp(`^${permit.item}`));
  await atScreen(page, 'identity');
}

/** A code held to the camera says who it is. */
export async function showCode(page: Page): Promise<void> {
  await touch(page, new RegExp(`^${say('journey:identity.code')}`));
  await atScreen(page, 'notice');
}

/** The name and the number, typed. */
export async function typeNumber(page: Page, name: string, number: string): Promise<void> {
  await touch(page, new RegExp(`^${say('journey:identity.number')}`));
  await atScreen(page, 'identity-number');
  await page.getByLabel(say('journey:identity.name')).fill(name);
  await page.getByLabel(say('journey:identity.idNumber')).fill(number);
  await touch(page, say('journey:next'));
  await atScreen(page, 'notice');
}

/** Agrees, looks at what it takes, and begins. */
export async function agree(page: Page): Promise<void> {
  for (const consent of await page.getByRole('checkbox').all()) await consent.check();
  await touch(page, say('journey:notice.agree'));
  await atScreen(page, 'path');
  await touch(page, new RegExp(`^${say('journey:path.begin')}`));
  await atScreen(page, 'question');
}

/** Answers what is left to be answered; who one is stands there already. */
export async function answer(page: Page, address: string = permit.address): Promise<void> {
  await asked(page, '请核对您的基本情况');
  await next(page);
  await asked(page, '您的户口在哪里？');
  await next(page);
  await asked(page, '您现在住在哪里？');
  await page.getByRole('radio', { name: permit.street }).check();
  await page.getByLabel('现住址').fill(address);
  await next(page);
  await asked(page, '从哪天起住在这里？');
  const [year, month, day] = permit.since;
  await page.getByRole('textbox', { name: say('common:date.year') }).fill(year);
  await page.getByRole('textbox', { name: say('common:date.month') }).fill(month);
  await page.getByRole('textbox', { name: say('common:date.day') }).fill(day);
  await page.getByRole('radio', { name: '租的房子' }).check();
  await next(page);
  await asked(page, '您凭哪一条申领？');
  await page.getByRole('radio', { name: '在这里有稳定住所' }).check();
  await next(page);
  await asked(page, '有事联系哪个电话？');
  await page.getByLabel('手机号').focus();
  await keyIn(page, permit.mobile);
  await next(page);
  await asked(page, '办好了怎么拿？');
  await page.getByRole('radio', { name: '到大厅窗口领' }).check();
  await touch(page, say('journey:question.last'));
  await atScreen(page, 'materials');
}

/** Photographs as the person has them at hand, of the lease and of its record. */
export async function pagesBrought(
  tenant = '丁小禾',
  address: string = permit.address,
): Promise<Readonly<Record<'lease' | 'record', Buffer>>> {
  const lines = { 承租人: tenant, 房屋地址: address };
  return {
    lease: await photographOf({
      title: '房屋租赁合同',
      lines,
      code: {
        kind: 'home-proof',
        attributes: { tenant, address },
      },
    }),
    record: await photographOf({
      title: '房屋租赁登记备案凭证',
      lines,
      code: { kind: 'lease-record', attributes: { address } },
    }),
  };
}

/** Hands in the next material of the list by file. */
export async function handIn(page: Page, name: string, photograph: Buffer): Promise<void> {
  await touch(page, new RegExp(`^${say('journey:materials.take', { name })}`));
  await atScreen(page, 'material');
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: say('journey:material.file') }).click();
  await (await choosing).setFiles({
    name: 'IMG_1.jpg',
    mimeType: 'image/jpeg',
    buffer: photograph,
  });
  await touch(page, say('journey:material.use'));
}

/** Hands in both, one after the other, and is done with each. */
export async function handInBoth(
  page: Page,
  brought: Awaited<ReturnType<typeof pagesBrought>>,
): Promise<void> {
  for (const [name, photograph] of [
    ['住所证明', brought.lease],
    ['房屋租赁登记备案凭证', brought.record],
  ] as const) {
    await handIn(page, name, photograph);
    await touch(page, say('journey:material.done'));
  }
}

/** From the full list of materials to the paper. */
export async function review(page: Page): Promise<void> {
  await touch(page, new RegExp(`^${say('journey:next')}`));
  await atScreen(page, 'review');
  await touch(page, say('journey:review.sign'));
  await atScreen(page, 'sign');
}

/** Writes a name on the line: three strokes, as a hand moves. */
export async function writeName(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: new RegExp(`^${saying('journey:sign.padLabel')}`) });
  // On a phone the line lies below the paper, and a mouse does not scroll by itself.
  await pad.evaluate((line) => line.scrollIntoView({ block: 'center' }));
  const box = await pad.boundingBox();
  if (box === null) throw new Error('There is no line to sign on.');
  for (const stroke of [0, 1, 2]) {
    const left = box.x + box.width * (0.15 + 0.22 * stroke);
    const middle = box.y + box.height / 2;
    await page.mouse.move(left, middle);
    await page.mouse.down();
    for (let step = 1; step <= 24; step += 1) {
      const along = step / 24;
      await page.mouse.move(
        left + along * box.width * 0.18,
        middle + Math.sin(along * (5 + stroke)) * box.height * 0.3,
      );
    }
    await page.mouse.up();
  }
}

/** Signs and hands in; from then on the screen is the receipt. */
export async function submit(page: Page): Promise<void> {
  await page.locator('canvas[data-drawn]').waitFor();
  await writeName(page);
  await touch(page, say('journey:sign.submit'));
  await atScreen(page, 'receipt');
}

async function asked(page: Page, question: string): Promise<void> {
  await page.getByRole('heading', { name: question, level: 1 }).waitFor();
}

async function next(page: Page): Promise<void> {
  await touch(page, new RegExp(`^${say('journey:question.next')}`));
}

/** Types on the keys that the screen shows, one by one. */
async function keyIn(page: Page, text: string): Promise<void> {
  const keys = page.getByRole('group', { name: say('common:keypad.label') });
  for (const key of text) await keys.getByRole('button', { name: key, exact: true }).click();
}
