import type { Page } from 'playwright-core';

/** Things to touch that stick out of the kiosk's panel or out of what holds them. */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const panel = document.querySelector('.stage')?.getBoundingClientRect();
    if (panel === undefined) return ['no stage'];
    const said: string[] = [];
    for (const button of document.querySelectorAll<HTMLElement>('.stage button')) {
      // What lies further down in a scrolling middle is reached by scrolling.
      if (button.closest('.do-scroll, .paper-window, dialog') !== null) continue;
      const box = button.getBoundingClientRect();
      if (box.width === 0) continue;
      const words = button.innerText.replace(/\s+/g, ' ');
      if (box.left < panel.left - 1 || box.right > panel.right + 1 || box.bottom > panel.bottom + 1)
        said.push(`outside: ${words}`);
      if (button.scrollWidth > button.clientWidth + 2) said.push(`too narrow: ${words}`);
    }
    return said;
  });
}

/** What makes a page of the phone wider than its window, or does not fit its button. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) said.push(`the page: ${scrollWidth} of ${clientWidth}`);
    for (const one of document.querySelectorAll<HTMLElement>('button, a, summary, input, h1')) {
      const box = one.getBoundingClientRect();
      if (box.width === 0 || one.closest('.spoken') !== null) continue;
      const words = one.innerText.replace(/\s+/g, ' ');
      if (box.left < -1 || box.right > clientWidth + 1) said.push(`outside: ${words}`);
      if (one.scrollWidth > one.clientWidth + 2 && one.clientWidth > 1 && one.tagName !== 'INPUT')
        said.push(`too narrow: ${words}`);
    }
    return said;
  });
}
