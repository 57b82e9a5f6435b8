/** Longest side of a stored photograph, in pixels: fine print stays readable, a file stays below a megabyte. */
export const longestSide = 2000;
const jpegQuality = 0.86;

/** The size that keeps the proportions and fits `longest`. Smaller pictures stay as they are. */
export function fitted(
  width: number,
  height: number,
  longest: number = longestSide,
): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** A picture ready to be kept: its JPEG, and its pixels for reading codes. */
export interface Photograph {
  readonly jpeg: Uint8Array;
  readonly pixels: ImageData;
}

type Drawable = ImageBitmap | HTMLVideoElement;

function sizeOf(source: Drawable): { readonly width: number; readonly height: number } {
  return source instanceof HTMLVideoElement
    ? { width: source.videoWidth, height: source.videoHeight }
    : { width: source.width, height: source.height };
}

/** Draws a picture at storing size on white paper, so that a transparent one does not turn black. */
export async function photograph(source: Drawable): Promise<Photograph> {
  const natural = sizeOf(source);
  const { width, height } = fitted(natural.width, natural.height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) throw new Error('No drawing surface');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(source, 0, 0, width, height);
  const pixels = pen.getImageData(0, 0, width, height);
  const blob = await new Promise<Blob>((resolve, reject) =>
    canvas.toBlob(
      (made) => (made ? resolve(made) : reject(new Error('No JPEG from this drawing surface'))),
      'image/jpeg',
      jpegQuality,
    ),
  );
  return { jpeg: new Uint8Array(await blob.arrayBuffer()), pixels };
}

/** Largest file that is looked at; the same bound as the catalogue's. */
export const mostBytes = 10 * 1024 * 1024;

export type FileTrouble = 'too-large' | 'wrong-kind' | 'torn';

/**
 * A chosen file as it is kept: pictures resized to JPEG, a PDF as it is. What cannot be decoded is torn;
 * a photograph may be larger than the bound, since it is kept smaller.
 */
export async function prepareFile(
  file: File,
): Promise<
  | { readonly ok: true; readonly bytes: Uint8Array; readonly pixels?: ImageData }
  | { readonly ok: false; readonly error: FileTrouble }
> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) {
    if (bytes.length > mostBytes) return { ok: false, error: 'too-large' };
    return { ok: true, bytes };
  }
  const isPicture =
    startsWith(bytes, [0xff, 0xd8, 0xff]) || startsWith(bytes, [0x89, 0x50, 0x4e, 0x47]);
  if (!isPicture) return { ok: false, error: 'wrong-kind' };
  // Browsers draw the half of a torn picture that is there: the end mark must be there too.
  if (!isWhole(bytes)) return { ok: false, error: 'torn' };
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch {
    // The decoder's word for a damaged picture; there is nothing more to learn from it.
    return { ok: false, error: 'torn' };
  }
  const { jpeg, pixels } = await photograph(bitmap);
  bitmap.close();
  return { ok: true, bytes: jpeg, pixels };
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** JPEG ends in FFD9, PNG in the IEND chunk; cameras may add padding or a trailer after it. */
function isWhole(bytes: Uint8Array): boolean {
  const isJpeg = bytes[0] === 0xff;
  const [first, second] = isJpeg ? [0xff, 0xd9] : [0x49, 0x45];
  for (let at = bytes.length - 2; at > 2; at--)
    if (
      bytes[at] === first &&
      bytes[at + 1] === second &&
      (isJpeg || (bytes[at + 2] === 0x4e && bytes[at + 3] === 0x44))
    )
      return true;
  return false;
}
