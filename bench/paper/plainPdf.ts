import type { PaperBlock, PaperSpec } from '@tongban/core/document';
import * as fontkit from 'fontkit';
import { PageSizes, PDFDocument } from 'pdf-lib';

const perLine = 44;
const leading = 16;
const top = 780;

/**
 * The peer: the same words and photographs through plain pdf-lib as its documentation shows it, with the font embedded
 * whole, since its subsetting loses most Chinese characters. Lines are cut by count: it is spared measuring, tables,
 * the code and the places to sign.
 */
export async function plainPdf(form: PaperSpec, fontFile: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.registerFontkit(fontkit as unknown as Parameters<typeof document.registerFontkit>[0]);
  const font = await document.embedFont(fontFile);
  let page = document.addPage(PageSizes.A4);
  let y = top;
  const need = (height: number): void => {
    if (y - height > 60) return;
    page = document.addPage(PageSizes.A4);
    y = top;
  };
  const write = (text: string): void => {
    for (let at = 0; at < text.length; at += perLine) {
      need(leading);
      page.drawText(text.slice(at, at + perLine), { x: 60, y, size: 10.5, font });
      y -= leading;
    }
  };
  write(form.title);
  for (const block of form.blocks) {
    for (const line of linesOf(block)) write(line);
    if (block.kind !== 'image') continue;
    const image = await document.embedJpg(block.jpeg);
    const { width, height } = image.scaleToFit(470, 268);
    need(height);
    page.drawImage(image, { x: 60, y: y - height, width, height });
    y -= height + leading;
  }
  return document.save();
}

function linesOf(block: PaperBlock): string[] {
  switch (block.kind) {
    case 'table':
      return [block.heading ?? '', ...block.rows.map(({ label, value }) => `${label}　${value}`)];
    case 'list':
      return [block.heading, ...block.items.map(({ name, state }) => `${name}　${state}`)];
    case 'text':
      return [block.heading ?? '', ...block.text.split('\n')];
    case 'image':
      return [block.heading];
  }
}
