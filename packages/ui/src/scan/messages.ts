import type { CodeOptions, Finding, Meaning } from '@tongban/core/scan';

/** A code as it was read, and what it is for. */
export interface ReadCode {
  readonly finding: Finding;
  readonly meaning: Meaning;
}

/** What is known of a code however it was read: by a camera, or by a hand scanner, which gives no more than the text. */
export type ScannedCode = Pick<ReadCode, 'meaning'>;

/** What one picture held. */
export interface Reading {
  readonly codes: readonly ReadCode[];
  /** Mean grey of the picture, 0 to 255. */
  readonly light: number;
}

/** To the worker; the picture is handed over and closed there. */
export interface ScanRequest {
  readonly id: number;
  readonly picture: ImageBitmap;
  readonly options: Omit<CodeOptions, 'second'>;
}

/** From the worker. */
export interface ScanReply extends Reading {
  readonly id: number;
}
