import type { PageViewport, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

/** A paper opened for showing. */
export interface OpenPaper {
  readonly pages: number;
  /**
   * Draws a page (from 1) so that what is printed on it is `width` CSS pixels wide, at `ratio` device pixels each:
   * the white margins of the sheet would only make the print smaller. It is drawn aside, to be shown whole: a page
   * that builds up under the eye looks like one that changes.
   */
  draw(page: number, width: number, ratio: number): Promise<HTMLCanvasElement>;
  /** The text of a page, for reading aloud and for screen readers. */
  text(page: number): Promise<string>;
  close(): Promise<void>;
}

/**
 * Opens a PDF with pdf.js. Its fonts are embedded, so neither character maps nor standard fonts are fetched;
 * nothing in it is evaluated, and nothing of it is scripted.
 */
export async function openPaper(bytes: Uint8Array): Promise<OpenPaper> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist/legacy/build/pdf.min.mjs');
  GlobalWorkerOptions.workerSrc = workerUrl;
  const task = getDocument({
    // pdf.js takes the buffer away into its worker: it gets a copy.
    data: bytes.slice(),
    useSystemFonts: false,
    disableFontFace: false,
    isImageDecoderSupported: false,
  });
  const paper: PDFDocumentProxy = await task.promise;
  return {
    pages: paper.numPages,
    async draw(number, width, ratio) {
      const page = await paper.getPage(number);
      const plain = page.getViewport({ scale: 1 });
      const bounds = await printed(page, plain);
      const scale = (width * ratio) / (bounds.right - bounds.left) || ratio;
      const viewport = page.getViewport({
        scale,
        offsetX: -bounds.left * scale,
        offsetY: -bounds.top * scale,
      });
      const sheet = document.createElement('canvas');
      sheet.width = Math.round(width * ratio);
      sheet.height = Math.round(viewport.height - bounds.top * scale);
      await page.render({ canvas: sheet, viewport }).promise;
      return sheet;
    },
    async text(number) {
      const page = await paper.getPage(number);
      const { items } = await page.getTextContent();
      return items.map((item) => ('str' in item ? item.str : '')).join(' ');
    },
    close: () => task.destroy(),
  };
}

interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

/** White that is left beside the print, in points. */
const edge = 22;

/** Where the print of a page begins and ends across, in points: looked up on a small drawing of it. */
async function printed(page: PDFPageProxy, plain: PageViewport): Promise<Bounds> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(plain.width);
  canvas.height = Math.round(plain.height);
  await page.render({ canvas, viewport: plain }).promise;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const whole: Bounds = { left: 0, right: plain.width, top: 0 };
  if (pen === null) return whole;
  const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const hasInk = (x: number) => {
    for (let y = 0; y < height; y++) if ((data[(y * width + x) * 4] ?? 255) < 200) return true;
    return false;
  };
  let left = 0;
  while (left < width && !hasInk(left)) left++;
  let right = width - 1;
  while (right > left && !hasInk(right)) right--;
  if (right <= left) return whole;
  const rowHasInk = (y: number) => {
    for (let x = left; x <= right; x++) if ((data[(y * width + x) * 4] ?? 255) < 200) return true;
    return false;
  };
  let top = 0;
  while (top < height && !rowHasInk(top)) top++;
  return {
    left: Math.max(0, left - edge),
    right: Math.min(width, right + edge),
    top: Math.max(0, top - edge),
  };
}
