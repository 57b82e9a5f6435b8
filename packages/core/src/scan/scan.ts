import { classify } from './classify.ts';
import { type CodeEvidence, evidenceOf } from './codeEvidence.ts';
import { type CodeOptions, readCodes } from './codes.ts';
import type { Frame } from './frame.ts';
import { readZones, type ZoneEvidence } from './zone/index.ts';

export type Evidence = CodeEvidence | ZoneEvidence;

export interface ScanOptions extends CodeOptions {
  /** Decides the century of a birth. */
  readonly now: Date;
}

/**
 * The one door: everything in a frame that says something. Codes come first, and at a glance they are enough; a picture
 * that will not come again is looked at for a machine-readable zone (ICAO 9303) as well. Nothing here is `verified`: a
 * signature is checked where its content is used, by `verifyCredential`.
 */
export async function scan(
  frame: Frame,
  { now, ...options }: ScanOptions,
): Promise<readonly Evidence[]> {
  const codes = (await readCodes(frame, options)).map((finding) =>
    evidenceOf(finding, classify(finding.text)),
  );
  if (options.effort === 'glance' && codes.length > 0) return codes;
  return [...codes, ...readZones(frame, options.effort, now)];
}
