import regular from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import type { PaperFonts } from '@tongban/core/document';

/** Where the font lies once it was fetched: 10 MB that are not worth fetching when the app is installed. */
const shelf = 'paper-font';

let coming: Promise<Uint8Array | undefined> | undefined;

/** The font that papers are set in; `undefined` while it was never fetched and cannot be now. */
export async function paperFonts(): Promise<PaperFonts | undefined> {
  coming ??= fontBytes().finally(() => {
    coming = undefined;
  });
  const bytes = await coming;
  return bytes && { regular: bytes };
}

/**
 * Fetches the font ahead, as soon as an application is open here: there may be no line when it comes to signing.
 * Without one now it is left for later.
 */
export async function warmPaperFonts(): Promise<void> {
  if ((await (await openShelf())?.match(regular)) === undefined) await paperFonts();
}

async function fontBytes(): Promise<Uint8Array | undefined> {
  const kept = await openShelf();
  const here = await kept?.match(regular);
  if (here !== undefined) return new Uint8Array(await here.arrayBuffer());
  const bytes = await fetched();
  if (bytes === undefined || kept === undefined) return bytes;
  try {
    await kept.put(regular, new Response(bytes));
    for (const old of await kept.keys())
      if (new URL(old.url).pathname !== regular) await kept.delete(old);
  } catch (fault) {
    // Full: this time it is there all the same.
    if (!(fault instanceof DOMException)) throw fault;
  }
  return bytes;
}

async function fetched(): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const answer = await fetch(regular, { priority: 'low' });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    // The sign-in page of a foreign network answers 200 too; it would be kept as the font for ever.
    return answer.ok && isTrueType(bytes) ? bytes : undefined;
  } catch (fault) {
    if (fault instanceof TypeError) return undefined;
    throw fault;
  }
}

function isTrueType(bytes: Uint8Array): boolean {
  return [0, 1, 0, 0].every((byte, at) => bytes[at] === byte);
}

/** A window that may keep nothing fetches it each time. */
async function openShelf(): Promise<Cache | undefined> {
  try {
    return await caches.open(shelf);
  } catch (fault) {
    if (fault instanceof DOMException) return undefined;
    throw fault;
  }
}
