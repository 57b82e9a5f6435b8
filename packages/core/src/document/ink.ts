import {
  beginText,
  endText,
  fill,
  lineTo,
  moveTo,
  type PDFFont,
  type PDFName,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  setFillingGrayscaleColor,
  setFontAndSize,
  setLineCap,
  setLineWidth,
  setStrokingGrayscaleColor,
  setTextMatrix,
  setTextRenderingMode,
  showText,
  stroke,
  TextRenderingMode,
} from 'pdf-lib';
import { codePointRows, type Measure } from './measure.ts';

/** Grey levels in ink: 0 is black. Hierarchy comes from size, weight and space, not from colour. */
export const black = 0.07;
export const quiet = 0.38;

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly grey?: number;
}

/** Draws on one page. Coordinates in points from the top left corner, y downwards; text stands on its baseline. */
export interface Ink {
  text(x: number, baseline: number, text: string, style: TextStyle): void;
  line(x1: number, y1: number, x2: number, y2: number, width: number): void;
  /** Fills all rectangles in one path, so that no hairline shows between neighbours. */
  fillRects(rects: readonly { x: number; y: number; width: number; height: number }[]): void;
  frame(x: number, y: number, width: number, height: number, line: number): void;
}

export function inkOn(page: PDFPage, font: PDFFont, measure: Measure): Ink {
  const height = page.getHeight();
  let fontKey: PDFName | undefined;

  function show(x: number, baseline: number, text: string, style: TextStyle) {
    fontKey ??= page.node.newFontDictionary(font.name, font.ref);
    const grey = style.grey ?? black;
    page.pushOperators(
      pushGraphicsState(),
      setFillingGrayscaleColor(grey),
      setStrokingGrayscaleColor(grey),
      // One weight is embedded; a thin outline in the same ink gives the second.
      ...(style.bold
        ? [setTextRenderingMode(TextRenderingMode.FillAndOutline), setLineWidth(style.size * 0.026)]
        : []),
      beginText(),
      setFontAndSize(fontKey, style.size),
      setTextMatrix(1, 0, 0, 1, x, height - baseline),
      showText(font.encodeText(text)),
      endText(),
      popGraphicsState(),
    );
  }

  const ink: Ink = {
    text(x, baseline, text, style) {
      let pen = x;
      for (const run of measure.runs(text)) {
        if (run.kind === 'text') {
          show(pen, baseline, run.text, style);
          pen += measure.width(run.text, style.size);
          continue;
        }
        const em = style.size;
        ink.frame(pen + em * 0.05, baseline - em * 0.86, em * 0.9, em * 0.98, em * 0.04);
        codePointRows(run.char).forEach((row, index) => {
          const size = em * 0.42;
          const inset = (em - measure.width(row, size)) / 2;
          show(pen + inset, baseline - em * (index === 0 ? 0.43 : 0), row, { ...style, size });
        });
        pen += em;
      }
    },
    line(x1, y1, x2, y2, width) {
      page.pushOperators(
        pushGraphicsState(),
        setStrokingGrayscaleColor(black),
        setLineWidth(width),
        // Projecting caps close the corners of a table.
        setLineCap(2),
        moveTo(x1, height - y1),
        lineTo(x2, height - y2),
        stroke(),
        popGraphicsState(),
      );
    },
    fillRects(rects) {
      page.pushOperators(
        pushGraphicsState(),
        setFillingGrayscaleColor(0),
        ...rects.map((r) => rectangle(r.x, height - r.y - r.height, r.width, r.height)),
        fill(),
        popGraphicsState(),
      );
    },
    frame(x, y, width, boxHeight, line) {
      page.pushOperators(
        pushGraphicsState(),
        setStrokingGrayscaleColor(black),
        setLineWidth(line),
        rectangle(x, height - y - boxHeight, width, boxHeight),
        stroke(),
        popGraphicsState(),
      );
    },
  };
  return ink;
}
