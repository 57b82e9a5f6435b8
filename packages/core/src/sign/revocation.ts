import { toHex } from './bytes.ts';
import { type Certificate, readCertificate } from './certificateReading.ts';

/** What is known of revoked certificates, and of the time at which a paper was signed. */
export interface Revocation {
  /** By serial number as {@link serialOf} writes it: from when on a certificate counts no more. */
  readonly revoked: ReadonlyMap<string, Date>;
  /**
   * A moment at which the signatures provably existed already: of a time-stamp, or of the centre's custody. Left out
   * where nothing but the signer's own word tells when it signed.
   */
  readonly provenAt?: Date;
}

export type RevocationProblem =
  /** A certificate on the path was revoked before the time of signing that the signature itself claims. */
  | 'revoked'
  /** Claimed before the revocation, and not proven before it: whoever has the key may have written any time. */
  | 'revoked-unproven';

/** Serial number of a certificate (DER), hexadecimal, as revocations name it. Throws where it is no certificate. */
export function serialOf(certificate: Uint8Array): string {
  return serialNumber(readCertificate(certificate));
}

/**
 * Judges a path against what was revoked. An act that provably stood before the revocation stands; one that claims a
 * later time does not; one in between nobody can tell from here, so a person has to.
 */
export function judgeRevocation(
  path: readonly Certificate[],
  { revoked, provenAt }: Revocation,
  signedAt: Date,
): RevocationProblem | undefined {
  let unproven = false;
  for (const certificate of path) {
    const from = revoked.get(serialNumber(certificate));
    if (from === undefined || (provenAt !== undefined && provenAt < from)) continue;
    if (signedAt >= from) return 'revoked';
    unproven = true;
  }
  return unproven ? 'revoked-unproven' : undefined;
}

/** The content of the INTEGER; its tag and its one byte of length say nothing. */
function serialNumber({ serial }: Certificate): string {
  return toHex(serial.subarray(2));
}
