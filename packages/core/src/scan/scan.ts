import { type CardEvidence, readCard, type TextRecogniser } from './card/index.ts';
import { classify } from './classify.ts';
import { type CodeEvidence, evidenceOf } from './codeEvidence.ts';
import { type CodeOptions, readCodes } from './codes.ts';
import type { Frame } from './frame.ts';
import { readZones, type ZoneEvidence } from './zone/index.ts';

export type Evidence = CodeEvidence | ZoneEvidence | CardEvidence;

export interface ScanOptions extends CodeOptions {
  /** Decides the century of a birth. */
  readonly now: Date;
  /** Opens what reads the print of resident cards; asked only once nothing else was found. Without it no card is read. */
  readonly recogniser?: () => Promise<TextRecogniser>;
}

/**
 * The one door: everything in a frame that says something. Codes come first, and at a glance they are enough; a picture
 * that will not come again is looked at for a machine-readable zone (ICAO 9303) as well, and for a resident card where there
 * is neither. Nothing here is `verified`: a signature is checked where its content is used, by `verifyCredential`.
 */
export async function scan(
  frame: Frame,
  { now, recogniser, ...options }: ScanOptions,
): Promise<readonly Evidence[]> {
  const codes = (await readCodes(frame, options)).map((finding) =>
    evidenceOf(finding, classify(finding.text)),
  );
  if (options.effort === 'glance' && codes.length > 0) return codes;
  const found = [...codes, ...readZones(frame, options.effort, now)];
  if (options.effort === 'glance' || found.length > 0 || recogniser === undefined) return found;
  return readCard(frame, await recogniser());
}
