import { breakLines } from './lines.ts';
import type { PaperBlock } from './paper.ts';
import { contentWidth, drawHeading, type Sheet } from './sheet.ts';

type Prose = Extract<PaperBlock, { kind: 'text' }>;

const size = 10.5;
const leading = 18;

/** Height of a text without its heading. */
export function proseHeight(sheet: Sheet, prose: Prose): number {
  return breakLines(prose.text, size, contentWidth, sheet.measure).length * leading + 8;
}

/** Draws a text; two lines at least stay together at the head and the foot of a page. */
export function drawProse(sheet: Sheet, prose: Prose): void {
  const lines = breakLines(prose.text, size, contentWidth, sheet.measure);
  if (prose.heading !== undefined)
    drawHeading(sheet, prose.heading, Math.min(lines.length, 2) * leading);
  else sheet.y += 4;
  lines.forEach((line, index) => {
    const last = lines.length - 1;
    const together = index === last - 1 ? 2 : index === 0 ? Math.min(2, lines.length) : 1;
    if (sheet.room() < together * leading) sheet.feed();
    sheet.ink().text(sheet.left, sheet.y + 13, line, { size });
    sheet.y += leading;
  });
  sheet.y += 8;
}
