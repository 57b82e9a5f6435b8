import qrcode from 'qrcode-generator';
import type { Ink } from './ink.ts';

/** Draws a QR code (ISO/IEC 18004, level M) as vector modules, its quiet zone of four modules inside `side`. */
export function drawQr(ink: Ink, content: string, x: number, y: number, side: number): void {
  const code = qrcode(0, 'M');
  code.addData(content);
  code.make();
  const count = code.getModuleCount();
  const module = side / (count + 8);
  const rects: { x: number; y: number; width: number; height: number }[] = [];
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (!code.isDark(row, column)) continue;
      let run = 1;
      while (column + run < count && code.isDark(row, column + run)) run++;
      rects.push({
        x: x + (column + 4) * module,
        y: y + (row + 4) * module,
        width: run * module,
        height: module,
      });
      column += run;
    }
  }
  ink.fillRects(rects);
}
