import type { Advice, CodeEvidence, Evidence, WatchOptions } from '@tongban/core/scan';

/** A code as it was read, and what it is for. */
export type ReadCode = Pick<CodeEvidence, 'finding' | 'meaning'>;

/** What is known of a code however it was read: by a camera, or by a hand scanner, which gives no more than the text. */
export type ScannedCode = Pick<ReadCode, 'meaning'>;

/** A card, or a machine-readable zone. */
export type ReadDocument = Exclude<Evidence, CodeEvidence>;

export type Seek = WatchOptions['seek'];

/** To the worker; the picture is handed over and closed there. */
export interface ScanRequest {
  readonly id: number;
  readonly picture: ImageBitmap;
  readonly seek: Seek;
  /** A `frame` of a running camera, or a `still` picture that will not come again. */
  readonly from: 'frame' | 'still';
}

/** From the worker. */
export type ScanReply =
  | { readonly id: number; readonly evidence: readonly Evidence[]; readonly advice: Advice }
  /** The frame is looked at closer, which takes a second. */
  | { readonly id: number; readonly closer: true };
