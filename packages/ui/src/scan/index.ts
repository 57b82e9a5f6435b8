import { lazy } from 'react';
import { loadTexts } from '../language/start.ts';

export { credentialOf } from './credentialOf.ts';
export type { ReadCode, ReadDocument, ScannedCode } from './messages.ts';

/** The camera that reads codes and documents. It comes with its readers and its texts when it is first shown. */
export const Scanner = lazy(async () => {
  const [{ CameraScanner }] = await Promise.all([import('./CameraScanner.tsx'), loadTexts('scan')]);
  return { default: CameraScanner };
});

/** Reads the codes of a still picture; loads the readers when first called. */
export async function scanPicture(picture: Blob | ImageData) {
  const { scanImage } = await import('./scanRoom.ts');
  return scanImage(picture);
}
