import type { Page } from 'playwright-core';
import { atScreen } from './kiosk.ts';

/** Takes a picture of the screen that stands, and looks it over. */
export type LookAt = (screen: string) => Promise<void>;

/** Made up; region 320199 is not assigned. */
const person = { name: '丁小禾', residentId: '320199199403184629' };

/**
 * A residence permit from the home to the receipt, by the places of things and never by their words: the same walk in
 * every language, theme and layout.
 */
export async function walkPermit(page: Page, look: LookAt): Promise<void> {
  await look('home');
  await page.locator('.door, .elder-door').first().click();
  await atScreen(page, 'choose');
  await look('choose');
  await page.locator('[role=tab]').last().click();
  await page.locator('input[type=search]').fill('居住证');
  await look('choose-search');
  await page.locator('.choices-entries button').first().click();
  await atScreen(page, 'identity');
  await walkOn(page, look);
}

/** The same walk from the identity on, as kiosk and phone share it. */
export async function walkOn(page: Page, look: LookAt): Promise<void> {
  await look('identity');
  await page.locator('.way').last().click();
  await atScreen(page, 'identity-number');
  await page.locator('.do input').nth(0).fill(person.name);
  await page.locator('.do input').nth(1).fill(person.residentId.slice(0, 17));
  await look('identity-number');
  await page.locator('.do input').nth(1).fill(person.residentId);
  await goOn(page);
  await atScreen(page, 'notice');
  await look('notice');
  for (const consent of await page.getByRole('checkbox').all()) await consent.check();
  await goOn(page);
  await atScreen(page, 'path');
  await look('path');
  await goOn(page);
  await answerAll(page, look);
  await look('materials');
  await handInAll(page, look);
  await look('materials-complete');
  await goOn(page);
  await atScreen(page, 'review');
  await look('review');
  await goOn(page);
  await atScreen(page, 'sign');
  await page.locator('canvas[data-drawn]').waitFor();
  // On a phone the line lies further down, and what is seen of it first lies under the bar.
  await page
    .locator('.signbox canvas')
    .evaluate((line) => line.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await sign(page);
  await look('sign');
  // In a window of another size the page is drawn anew, and nothing is submitted meanwhile.
  await page.locator('canvas[data-drawn]').waitFor();
  await goOn(page);
  await atScreen(page, 'receipt');
  await page.locator('.chain .done').nth(2).waitFor();
  await look('receipt');
}

async function goOn(page: Page): Promise<void> {
  await page.locator('.primary').click();
}

/** Answers every question until the materials come: the first of several, something for every gap. */
async function answerAll(page: Page, look: LookAt): Promise<void> {
  await page.locator('[data-screen=question], [data-screen=materials]').first().waitFor();
  for (let number = 1; (await page.locator('[data-screen=question]').count()) > 0; number += 1) {
    const title = await page.locator('h1').innerText();
    await look(`question-${number}`);
    // An answer may bring a further field with it: then the screen stays, and puts the focus where a hand is needed.
    // What was wrong before this press does not count: pressing on took the focus away from there.
    const settled = page.locator(
      '.do [role=radiogroup][aria-invalid=true] :focus, .do [aria-invalid=true]:focus',
    );
    const gone = page.locator('h1', { hasText: title });
    do {
      await fillIn(page);
      await goOn(page);
      await Promise.race([gone.waitFor({ state: 'detached' }), settled.first().waitFor()]);
    } while ((await gone.count()) > 0);
  }
  await atScreen(page, 'materials');
}

async function fillIn(page: Page): Promise<void> {
  const choices = page.locator('.do fieldset.choice:not(:has(input:checked))');
  while ((await choices.count()) > 0) await choices.first().locator('input').first().check();
  const date = page.locator('.date-parts input');
  if ((await date.count()) > 0)
    for (const [index, part] of ['2026', '3', '1'].entries()) await date.nth(index).fill(part);
  for (const input of await page.locator('.do .typed:not(.date-parts *), .do .typed-area').all()) {
    if ((await input.inputValue()) !== '') continue;
    const number = await input.evaluate((element) => element.classList.contains('typed-number'));
    await input.fill(number ? '13800006620' : '澜州市南湖区桂子路 20 号');
  }
}

async function handInAll(page: Page, look: LookAt): Promise<void> {
  const open = page.locator('.materials [data-state=missing]');
  for (let number = 1; (await open.count()) > 0; number += 1) {
    await open.first().click();
    await atScreen(page, 'material');
    await look(`material-${number}`);
    const choosing = page.waitForEvent('filechooser');
    await page.locator('.act .pair .second').first().click();
    await (await choosing).setFiles({
      name: 'IMG_1.jpg',
      mimeType: 'image/jpeg',
      buffer: await someJpeg(page),
    });
    await page.locator('.shot-view').waitFor();
    await look(`material-${number}-shot`);
    await goOn(page);
    await page.locator('.held, [data-screen=materials]').first().waitFor();
    if ((await page.locator('.held').count()) > 0) await goOn(page);
    await atScreen(page, 'materials');
  }
}

/** A page with lines on it, made in the browser. */
async function someJpeg(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 900;
    canvas.height = 1200;
    const pen = canvas.getContext('2d');
    if (pen === null) throw new Error('No drawing surface');
    pen.fillStyle = '#e9e5d8';
    pen.fillRect(0, 0, 900, 1200);
    pen.fillStyle = '#222';
    for (let line = 0; line < 24; line += 1)
      pen.fillRect(90, 120 + line * 42, 420 + (line % 5) * 60, 9);
    return canvas.toDataURL('image/jpeg', 0.8).split(',')[1] ?? '';
  });
  return Buffer.from(base64, 'base64');
}

async function sign(page: Page): Promise<void> {
  const box = await page.locator('.signbox canvas').boundingBox();
  if (box === null) throw new Error('There is no line to sign on.');
  for (const stroke of [0, 1, 2]) {
    const left = box.x + box.width * (0.15 + 0.22 * stroke);
    await page.mouse.move(left, box.y + box.height * 0.3);
    await page.mouse.down();
    for (let step = 1; step <= 16; step += 1)
      await page.mouse.move(
        left + (step / 16) * box.width * 0.18,
        box.y + box.height * (0.4 + 0.25 * Math.sin(step / 2)),
      );
    await page.mouse.up();
  }
}
