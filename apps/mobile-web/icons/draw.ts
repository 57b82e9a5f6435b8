/**
 * Draws the app's icons: `node apps/mobile-web/icons/draw.ts`. The characters are set in Noto Sans SC,
 * which papers use too, and become outlines, so that no machine needs the font to show them.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { create, type Glyph } from 'fontkit';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../../../tests/support/programs.ts';

const out = join(import.meta.dirname, '../public/icons');
const font = create(
  await readFile(
    createRequire(import.meta.url).resolve(
      '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
    ),
  ),
);

/** The seal on a square of `size`, the characters within the middle `share` of it. */
function seal(size: number, share: number): string {
  const edge = size * share;
  const em = edge / 2;
  const glyphs = ['通', '办'].map((char, row) => {
    const glyph = font.glyphForCodePoint(char.codePointAt(0) ?? 0);
    const scale = em / font.unitsPerEm;
    const x = (size - glyph.advanceWidth * scale) / 2;
    const y = (size - edge) / 2 + row * em + em * 0.88;
    return `<path fill="#fff" transform="translate(${round(x)} ${round(y)}) scale(${scale.toFixed(5)} ${(-scale).toFixed(5)})" d="${outline(glyph)}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><title>通办</title><path fill="#971c14" d="M0 0h${size}v${size}H0z"/>${glyphs.join('')}</svg>\n`;
}

const letters = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
} as const;

function outline(glyph: Glyph): string {
  return glyph.path.commands.map(({ command, args }) => letters[command] + args.join(' ')).join('');
}

function round(value: number): string {
  return value.toFixed(2);
}

const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();

async function png(name: string, size: number, share: number): Promise<void> {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${seal(size, share)}`);
  await writeFile(join(out, name), await page.screenshot({ type: 'png' }));
}

await writeFile(join(out, 'mark.svg'), seal(64, 0.86));
await png('mark-192.png', 192, 0.86);
await png('mark-512.png', 512, 0.86);
// Launchers cut a maskable icon down to a circle of four fifths.
await png('maskable-512.png', 512, 0.54);
await png('touch-180.png', 180, 0.78);
await browser.close();
