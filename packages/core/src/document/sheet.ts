import { PageSizes, type PDFDocument, type PDFFont, type PDFPage } from 'pdf-lib';
import { black, type Ink, inkOn, quiet } from './ink.ts';
import { balanceLines } from './lines.ts';
import type { Measure } from './measure.ts';
import type { PaperSpec } from './paper.ts';
import { drawQr } from './qr.ts';
import { caseNumberWords, pageWords } from './words.ts';

/** A4 with the margins of an official form, in points. */
const [pageWidth, pageHeight] = PageSizes.A4;
const margin = { side: 62, top: 56, bottom: 64 };
export const contentWidth = pageWidth - 2 * margin.side;
const left = margin.side;
const right = pageWidth - margin.side;
const bottom = pageHeight - margin.bottom;
const qrSide = 68;
const titleSize = 20;

/** The flow of a paper over pages. `y` is where the next thing begins, from the top of the page. */
export interface Sheet {
  readonly left: number;
  readonly right: number;
  readonly measure: Measure;
  y: number;
  ink(): Ink;
  page(): PDFPage;
  /** Height left on this page. */
  room(): number;
  /** Height of an empty following page. */
  readonly fullRoom: number;
  /** Goes to a new page. */
  feed(): void;
}

const laterTop = margin.top + 22;

export function openSheet(
  document: PDFDocument,
  font: PDFFont,
  measure: Measure,
  spec: PaperSpec,
): Sheet {
  let page = document.addPage([pageWidth, pageHeight]);
  let ink = inkOn(page, font, measure);
  const sheet: Sheet = {
    left,
    right,
    measure,
    y: 0,
    ink: () => ink,
    page: () => page,
    room: () => bottom - sheet.y,
    fullRoom: bottom - laterTop,
    feed() {
      page = document.addPage([pageWidth, pageHeight]);
      ink = inkOn(page, font, measure);
      runningHead(sheet, spec);
    },
  };
  firstHead(sheet, spec);
  return sheet;
}

function firstHead(sheet: Sheet, spec: PaperSpec): void {
  const { measure } = sheet;
  const ink = sheet.ink();
  const side = spec.qr === undefined ? 0 : qrSide;
  // The title stays centred on the page, so the code narrows it on both sides.
  const lines = balanceLines(spec.title, titleSize, contentWidth - 2 * (side && side + 6), measure);
  const leading = titleSize * 1.4;
  const titleHeight = lines.length * leading;
  const top = margin.top - 10;
  const block = Math.max(titleHeight, side ? side - 12 : 0);
  lines.forEach((line, index) => {
    const x = (pageWidth - measure.width(line, titleSize)) / 2;
    const y = top + (block - titleHeight) / 2 + index * leading + titleSize * 1.1;
    ink.text(x, y, line, { size: titleSize, bold: true });
  });
  if (spec.qr !== undefined) drawQr(ink, spec.qr, right - side + quietZone(side), top - 8, side);
  ink.text(left, top + block + 22, caseNumberWords(spec.caseNumber), { size: 10 });
  sheet.y = top + block + 31;
}

/** The modules themselves, not their quiet zone, end at the right margin. */
function quietZone(side: number): number {
  return side * 0.1;
}

function runningHead(sheet: Sheet, spec: PaperSpec): void {
  const ink = sheet.ink();
  const style = { size: 9, grey: quiet };
  const number = caseNumberWords(spec.caseNumber);
  const numberWidth = sheet.measure.width(number, style.size);
  ink.text(right - numberWidth, margin.top, number, style);
  const title = shorten(spec.title, contentWidth - numberWidth - 24, style.size, sheet.measure);
  ink.text(left, margin.top, title, style);
  ink.line(left, margin.top + 7, right, margin.top + 7, 0.4);
  sheet.y = laterTop;
}

function shorten(text: string, width: number, size: number, measure: Measure): string {
  if (measure.width(text, size) <= width) return text;
  let short = '';
  for (const char of text) {
    if (measure.width(`${short}${char}…`, size) > width) break;
    short += char;
  }
  return `${short}…`;
}

/** Page numbers, once their count is known. */
export function numberPages(document: PDFDocument, font: PDFFont, measure: Measure): number {
  const pages = document.getPages();
  pages.forEach((page, index) => {
    const words = pageWords(index + 1, pages.length);
    const x = (pageWidth - measure.width(words, 9)) / 2;
    inkOn(page, font, measure).text(x, pageHeight - 34, words, { size: 9, grey: quiet });
  });
  return pages.length;
}

/** Heading of a block; `follows` is the height of what must stay with it on the same page. */
export function drawHeading(sheet: Sheet, heading: string, follows: number): void {
  if (sheet.room() < 30 + follows) sheet.feed();
  else sheet.y += 14;
  sheet.ink().text(sheet.left, sheet.y + 12, heading, { size: 11.5, bold: true, grey: black });
  sheet.y += 21;
}
