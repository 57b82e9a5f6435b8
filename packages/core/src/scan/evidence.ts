import type { Assurance } from '../identity/evidence.ts';
import type { Point } from './frame.ts';

/**
 * What a check digit, a checksum or a signature said about a field. `none`: nothing in the document can tell, so only
 * a person or a second source can.
 */
export type Check = 'passed' | 'failed' | 'none';

/** One value as it was read. */
export interface FieldRead<Name extends string = string> {
  readonly name: Name;
  readonly value: string;
  /** 0 to 1: how sure the recogniser is of its least sure character. 1 where error correction restored the value. */
  readonly confidence: number;
  readonly check: Check;
}

/** What was read from one thing in a frame. Reading proves nothing: only a signature makes it more than `read`. */
export interface EvidenceOf<Source extends string, Kind extends string, Name extends string> {
  readonly source: Source;
  readonly kind: Kind;
  readonly assurance: Assurance;
  readonly fields: readonly FieldRead<Name>[];
  /** The fields that the person confirms, or that a second source repeats, before anything is done with them. */
  readonly confirm: readonly Name[];
  /** Corners of what was read, in the frame's pixels. */
  readonly points: readonly Point[];
}
