import type { PDFDocumentProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

/** A paper opened for showing. */
export interface OpenPaper {
  readonly pages: number;
  /** Draws a page (from 1) so that it is `width` CSS pixels wide at `ratio` device pixels each. */
  draw(page: number, canvas: HTMLCanvasElement, width: number, ratio: number): Promise<void>;
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
    async draw(number, canvas, width, ratio) {
      const page = await paper.getPage(number);
      const plain = page.getViewport({ scale: 1 });
      const viewport = page.getViewport({ scale: (width / plain.width) * ratio });
      // Drawn aside and shown whole: a page that builds up under the eye looks like one that changes.
      const sheet = document.createElement('canvas');
      sheet.width = Math.round(viewport.width);
      sheet.height = Math.round(viewport.height);
      await page.render({ canvas: sheet, viewport }).promise;
      canvas.width = sheet.width;
      canvas.height = sheet.height;
      canvas.getContext('2d')?.drawImage(sheet, 0, 0);
    },
    async text(number) {
      const page = await paper.getPage(number);
      const { items } = await page.getTextContent();
      return items.map((item) => ('str' in item ? item.str : '')).join(' ');
    },
    close: () => task.destroy(),
  };
}
