import regular from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import type { PaperFonts } from '@tongban/core/document';

/** The font that papers are set in. The service worker keeps it once it was fetched. */
export async function paperFonts(): Promise<PaperFonts> {
  const answer = await fetch(regular);
  if (!answer.ok) throw new Error(`The font of the papers is missing (${answer.status}).`);
  return { regular: new Uint8Array(await answer.arrayBuffer()) };
}

/**
 * Fetches the font ahead, as soon as somebody begins to fill in: they may be without a line when they
 * come to sign. Without one now it is left for later.
 */
export async function warmPaperFonts(): Promise<boolean> {
  try {
    return (await fetch(regular, { priority: 'low' })).ok;
  } catch (fault) {
    if (fault instanceof TypeError) return false;
    throw fault;
  }
}
