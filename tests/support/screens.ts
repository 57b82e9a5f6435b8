import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/build/sources.ts';

const folder = join(root, 'test-results', 'screens');

/** Keeps a picture of what `page` shows now as `test-results/screens/NAME.png`, once its fonts are there. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await page.evaluate(async () => void (await document.fonts.ready));
  await page.screenshot({
    path: join(folder, `${name}.png`),
    animations: 'disabled',
    caret: 'hide',
  });
}

/**
 * What axe finds serious or critical on `page`, a line for each place: `rule (impact): where`. WCAG 2.2 A
 * and AA and axe's own good practice.
 */
export async function axe(page: Page): Promise<string[]> {
  // Legacy mode needs no second page, which Electron would not open; we have no foreign frames.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => `${id} (${impact}): ${node.target.join(' ')}`),
    );
}
