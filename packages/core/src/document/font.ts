import { create, type Font, type Glyph, type Subset } from 'fontkit';
import type { PDFDocument, PDFFont } from 'pdf-lib';

/** Font files, brought by the caller: the core reads no disk and no network. */
export interface PaperFonts {
  /** TrueType outlines (`glyf`), e.g. Noto Sans SC Regular. */
  readonly regular: Uint8Array;
}

/** Parsing a font of 10 MB once is enough; the caller's bytes are the key. */
const parsed = new WeakMap<Uint8Array, Font>();

export function paperFont(fonts: PaperFonts): Font {
  const known = parsed.get(fonts.regular);
  if (known) return known;
  const font = create(fonts.regular);
  parsed.set(fonts.regular, font);
  return font;
}

/** Spaces that papers draw as plain space when the font lacks them; a blank is what they mean. */
const space = /^\p{Zs}$/u;

/**
 * The glyph of a character, or `undefined` where the font would show a blank or its own "not defined" box:
 * no entry in the cmap, or an outline without ink that is no space.
 */
export function visibleGlyph(font: Font, char: string): Glyph | undefined {
  const codePoint = char.codePointAt(0) ?? 0;
  if (!font.hasGlyphForCodePoint(codePoint))
    return space.test(char) ? font.glyphForCodePoint(0x20) : undefined;
  const glyph = font.glyphForCodePoint(codePoint);
  return glyph.path.commands.length > 0 || space.test(char) ? glyph : undefined;
}

/** Tabs and spaces unknown to the font become U+0020, so that they never count as missing. */
export function plainSpaces(font: Font, text: string): string {
  return text
    .replaceAll('\t', ' ')
    .replaceAll(/\p{Zs}/gu, (char) =>
      font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0) ? char : ' ',
    );
}

/** pdf-lib 1.17 reads a subset from a stream, fontkit 2 hands over the bytes. */
function asStream(subset: Subset) {
  const stream = {
    on(event: string, listener: (bytes?: Uint8Array) => void) {
      if (event === 'data') listener(subset.encode());
      if (event === 'end') listener();
      return stream;
    },
  };
  return stream;
}

/**
 * Embeds the font as a subset of the characters drawn.
 * `@pdf-lib/fontkit` would blank most Chinese text here while extraction still finds it: fontkit 2 does not.
 * Ligatures and kerning are off, so that the width of a text is the sum of its characters.
 */
export function embedPaperFont(
  document: PDFDocument,
  fonts: PaperFonts,
  subset = true,
): Promise<PDFFont> {
  const adapter = {
    create(data: Uint8Array) {
      const font = create(data);
      const createSubset = font.createSubset.bind(font);
      return Object.assign(font, {
        createSubset() {
          const made = createSubset();
          return Object.assign(made, { encodeStream: () => asStream(made) });
        },
      });
    },
  };
  document.registerFontkit(adapter as unknown as Parameters<PDFDocument['registerFontkit']>[0]);
  return document.embedFont(fonts.regular, {
    subset,
    features: { liga: false, kern: false },
    // A subset carries a tag of six letters before its name (ISO 32000-1, 9.6.4).
    ...(subset ? { customName: `TONGBN+${paperFont(fonts).postscriptName}` } : {}),
  });
}
