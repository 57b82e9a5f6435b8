import regular from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import type { PaperFonts } from '@tongban/core/document';

/** The font that papers are set in; it lies beside the page. `undefined` where it was not kept and there is no line. */
export async function paperFonts(): Promise<PaperFonts | undefined> {
  try {
    const answer = await fetch(regular);
    return answer.ok ? { regular: new Uint8Array(await answer.arrayBuffer()) } : undefined;
  } catch (fault) {
    if (fault instanceof TypeError) return undefined;
    throw fault;
  }
}
