import { err, isTorn, ok, type Result, sniff } from '@tongban/core';

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

/** Largest file that is kept as it is; photographs may be larger, since they are made smaller. */
export const mostBytes = 10 * 1024 * 1024;

export type FileTrouble = 'too-large' | 'wrong-kind' | 'torn';

/** A file as it will be kept, and its pixels where it is a picture. */
export interface PreparedFile {
  readonly bytes: Uint8Array;
  readonly pixels?: ImageData;
}

/** Judges a chosen file by its content. Pictures are resized to JPEG, a PDF stays as it is. */
export async function prepareFile(file: File): Promise<Result<PreparedFile, FileTrouble>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = sniff(bytes);
  if (type === undefined) return err('wrong-kind');
  if (type === 'application/pdf' && bytes.length > mostBytes) return err('too-large');
  // Browsers draw the half of a torn picture that is there.
  if (isTorn(bytes, type)) return err('torn');
  if (type === 'application/pdf') return ok({ bytes });
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes]));
  } catch {
    // The decoder's word for a damaged picture; there is nothing more to learn from it.
    return err('torn');
  }
  const { jpeg, pixels } = await photograph(bitmap);
  bitmap.close();
  return ok({ bytes: jpeg, pixels });
}
