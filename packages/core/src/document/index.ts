export type { PaperFonts } from './font.ts';
export { outlineText, type TextOutline } from './outline.ts';
export type { PaperBlock, PaperRow, PaperSignature, PaperSpec } from './paper.ts';
export { type MissingGlyph, missingGlyphs, type RenderedPaper, renderPaper } from './render.ts';
