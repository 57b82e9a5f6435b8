import { wedgeKeys } from '@tongban/ui/testing/keys';
import type { Page } from 'playwright-core';

interface Way {
  /** Milliseconds from one key to the next; one by default. */
  readonly pace?: number;
  /** A Chinese input method is on: of a key nothing is told but its place, and what it makes of it is written. */
  readonly inputMethod?: boolean;
}

const digit = /^(?:Key|Digit)(.)$/;
const numbers: Readonly<Record<string, number>> = { ShiftLeft: 16, Enter: 13 };

/** Keys after which it is certain that a scanner types: until then an input method writes. */
const beginning = 18;

/** A hand scanner that types, Enter behind it: real keys, to whatever has the focus. */
export async function scanAsKeys(page: Page, text: string, way: Way = {}): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const begun = Date.now() / 1_000;
  const underWay: Promise<unknown>[] = [];
  for (const [index, { type, code, shift, key }] of wedgeKeys(text).entries()) {
    const hidden = way.inputMethod === true && key !== 'Shift';
    const writes = !hidden && type === 'keydown' && (key.length === 1 || key === 'Enter');
    const sent = browser.send('Input.dispatchKeyEvent', {
      type: type === 'keyup' ? 'keyUp' : writes ? 'keyDown' : 'rawKeyDown',
      code,
      key: hidden ? 'Process' : key,
      modifiers: shift ? 8 : 0,
      windowsVirtualKeyCode: hidden
        ? 229
        : (numbers[code] ?? digit.exec(code)?.[1]?.charCodeAt(0) ?? 0),
      // The keyboard's own time, which a slow machine does not stretch.
      timestamp: begun + (index * (way.pace ?? 1)) / 1_000,
      ...(writes && { text: key === 'Enter' ? '\r' : key }),
    });
    underWay.push(sent);
    if (!hidden || index > beginning) continue;
    await sent;
    if (type === 'keydown' && /^[a-z]$/i.test(key)) await compose(key);
  }
  await Promise.all(underWay);
  await browser.detach();

  async function compose(letter: string): Promise<void> {
    if (!(await page.evaluate(() => document.activeElement?.matches('input, textarea')))) return;
    const text = letter.toLowerCase();
    await browser.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 });
  }
}
