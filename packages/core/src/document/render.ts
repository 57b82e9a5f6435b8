import { PDFDocument, PDFHexString } from 'pdf-lib';
import { sha256, utf8 } from '../encoding.ts';
import { embedPaperFont, type PaperFonts, paperFont, visibleGlyph } from './font.ts';
import { measureIn } from './measure.ts';
import type { PaperBlock, PaperSpec } from './paper.ts';
import { drawPicture } from './picture.ts';
import { drawProse, proseHeight } from './prose.ts';
import { numberPages, openSheet, type Sheet } from './sheet.ts';
import { drawSigning, signingHeight } from './signing.ts';
import { drawList, drawTable } from './table.ts';
import { caseNumberWords, dateWords, pageWords, signatureWords } from './words.ts';

export interface MissingGlyph {
  readonly char: string;
  /** As `U+20BB7`. */
  readonly codePoint: string;
}

export interface RenderedPaper {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Characters without a glyph, drawn as a box with their code point, each once. */
  readonly drawnAsCodePoint: readonly string[];
}

function texts(block: PaperBlock): string[] {
  switch (block.kind) {
    case 'table':
      return [block.heading ?? '', ...block.rows.flatMap((row) => [row.label, row.value])];
    case 'list':
      return [block.heading, ...block.items.flatMap((item) => [item.name, item.state])];
    case 'text':
      return [block.heading ?? '', block.text];
    case 'image':
      return [block.heading];
  }
}

/**
 * Characters of a paper that the font cannot show, each once, in reading order.
 * To be asked before anyone signs, so that the person hears which character will stand as its code point.
 */
export function missingGlyphs(spec: PaperSpec, fonts: PaperFonts): MissingGlyph[] {
  const font = paperFont(fonts);
  const drawn = [
    spec.title,
    caseNumberWords(spec.caseNumber),
    dateWords(spec.date),
    pageWords(1, 1),
    ...spec.blocks.flatMap(texts),
    ...spec.signatures.map((signature) => signatureWords(signature.label)),
  ].join('');
  return Array.from(new Set(drawn))
    .filter((char) => !/[\t\r\n]/.test(char) && !visibleGlyph(font, char))
    .map((char) => ({
      char,
      codePoint: `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
    }));
}

/**
 * Draws a paper as PDF 1.7 with the characters it uses embedded. The same spec gives the same bytes.
 * The file has one revision, a classic cross-reference table and all signature fields, ready for `signPdf`.
 * Throws on a malformed date or an image that is no JPEG: both are checked where they enter.
 */
export function renderPaper(spec: PaperSpec, fonts: PaperFonts): Promise<RenderedPaper> {
  return drawPaper(spec, fonts, 'subset');
}

export async function drawPaper(
  spec: PaperSpec,
  fonts: PaperFonts,
  embedding: 'subset' | 'whole',
): Promise<RenderedPaper> {
  const document = await PDFDocument.create({ updateMetadata: false });
  await describe(document, spec);
  const measure = measureIn(paperFont(fonts));
  const font = await embedPaperFont(document, fonts, embedding === 'subset');
  const sheet = openSheet(document, font, measure, spec);
  for (const [index, block] of spec.blocks.entries()) {
    const last = index === spec.blocks.length - 1;
    await drawBlock(document, sheet, block, last ? signingHeight(spec) : 0);
  }
  drawSigning(document, sheet, spec);
  const pages = numberPages(document, font, measure);
  const saved = await document.save({
    useObjectStreams: false,
    addDefaultPage: false,
    updateFieldAppearances: false,
  });
  // With its last line ended, the file stays byte for byte the first revision of what signers append to.
  const pdf = withLineEnd(saved);
  return { pdf, pages, drawnAsCodePoint: missingGlyphs(spec, fonts).map((glyph) => glyph.char) };
}

function withLineEnd(file: Uint8Array): Uint8Array {
  const ended = new Uint8Array(file.length + 1);
  ended.set(file);
  ended[file.length] = 0x0a;
  return ended;
}

async function drawBlock(
  document: PDFDocument,
  sheet: Sheet,
  block: PaperBlock,
  follows: number,
): Promise<void> {
  switch (block.kind) {
    case 'table':
      return drawTable(sheet, block, follows);
    case 'list':
      return drawList(sheet, block, follows);
    case 'text': {
      // What is declared and the line to sign it on belong on one page.
      const whole = proseHeight(sheet, block) + (block.heading === undefined ? 4 : 44) + follows;
      if (follows > 0 && whole > sheet.room() && whole < sheet.fullRoom) sheet.feed();
      return drawProse(sheet, block);
    }
    case 'image':
      return drawPicture(document, sheet, block, follows);
  }
}

async function describe(document: PDFDocument, spec: PaperSpec): Promise<void> {
  const made = new Date(`${spec.date}T00:00:00+08:00`);
  document.setTitle(spec.title, { showInWindowTitleBar: true });
  document.setSubject(caseNumberWords(spec.caseNumber));
  document.setLanguage(spec.language);
  document.setCreator('Tongban');
  document.setProducer('Tongban');
  document.setCreationDate(made);
  document.setModificationDate(made);
  // A file identifier (ISO 32000-1, 14.4) from what is said, not from the clock.
  const said = JSON.stringify(spec, (key, value) => (key === 'jpeg' ? undefined : value));
  const digest = await sha256(utf8(said));
  const hex = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
  const id = PDFHexString.of(hex);
  document.context.trailerInfo.ID = document.context.obj([id, id]);
}
