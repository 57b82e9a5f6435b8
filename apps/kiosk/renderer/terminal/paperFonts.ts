import regular from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import type { PaperFonts } from '@tongban/core/document';

/** The font that papers are set in; it lies beside the page. */
export async function paperFonts(): Promise<PaperFonts> {
  const answer = await fetch(regular);
  if (!answer.ok) throw new Error(`The font of the papers is missing (${answer.status}).`);
  return { regular: new Uint8Array(await answer.arrayBuffer()) };
}
