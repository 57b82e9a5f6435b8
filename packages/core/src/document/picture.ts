import type { PDFDocument } from 'pdf-lib';
import type { PaperBlock } from './paper.ts';
import { contentWidth, drawHeading, type Sheet } from './sheet.ts';

type Picture = Extract<PaperBlock, { kind: 'image' }>;

/** Two pictures of usual shape stand on one page. */
const tallest = 268;

/** Draws a photograph in a fine frame under its heading. Throws when the bytes are no JPEG. */
export async function drawPicture(
  document: PDFDocument,
  sheet: Sheet,
  picture: Picture,
  follows: number,
): Promise<void> {
  const image = await document.embedJpg(picture.jpeg);
  const scale = Math.min(contentWidth / image.width, tallest / image.height);
  const width = image.width * scale;
  const height = image.height * scale;
  const together = height + 14 + follows;
  // The heading itself takes the rest of the page's room.
  drawHeading(sheet, picture.heading, together + 35 > sheet.fullRoom ? height + 14 : together);
  const page = sheet.page();
  const x = sheet.left + (contentWidth - width) / 2;
  page.drawImage(image, { x, y: page.getHeight() - sheet.y - height, width, height });
  sheet.ink().frame(x, sheet.y, width, height, 0.5);
  sheet.y += height + 14;
}
