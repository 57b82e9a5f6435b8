import type { ChainProblem } from './chain.ts';
import type { RevocationProblem } from './revocation.ts';

/** Why a signature does not hold. */
export type SignatureProblem =
  | ChainProblem
  | RevocationProblem
  /** `/ByteRange` does not cover its revision but for the signature itself. */
  | 'byte-range'
  /** The signature is no CMS of one signer in DER. */
  | 'signature-malformed'
  /** Not PAdES B-B: another format, or the signing certificate is not named. */
  | 'below-b-b'
  /** The bytes are not those that were signed. */
  | 'digest-mismatch'
  /** The certificate is not the one that the signer named. */
  | 'other-certificate'
  /** The signature was not made with the certificate's key. */
  | 'signature-invalid'
  /** An algorithm, curve or key length that does not count here. */
  | 'unsupported-algorithm'
  /** No time of signing (`/M`). */
  | 'no-time'
  /** A one-act certificate, made for another document. */
  | 'other-document';

/** Why a file as a whole does not hold. */
export type FileProblem =
  | 'too-large'
  /** Not a PDF, or one that would need repair before it could be read. */
  | 'unreadable'
  /** Encrypted, or of a structure that is not judged here. */
  | 'unsupported-structure'
  | 'no-signature'
  /** Bytes were added after a signature that are no lawful further signature. */
  | 'changed-after-signing'
  /** A signature that stood in an earlier revision is gone. */
  | 'signature-removed'
  /** Fewer or more signatures than the case knows of. */
  | 'signature-count'
  /** The revision that the case knows of is not in the file. */
  | 'revision-missing'
  /** Scripts or the like, which may show different content to different people. */
  | 'active-content';

/** One signature, as far as it could be judged. */
export interface SignatureVerdict {
  readonly field: string;
  /** Common name in the signer's certificate; empty when the signature could not be read. */
  readonly signer: string;
  /** Common name of the certificate above it. */
  readonly issuer: string;
  /** Claimed time of signing, ISO 8601. */
  readonly signedAt: string | undefined;
  readonly reason: string | undefined;
  /** Level of ETSI EN 319 142-1, `undefined` below B-B. */
  readonly level: 'B-B' | undefined;
  /** Revision of the file that it covers, from 1. */
  readonly revision: number;
  readonly coversWholeFile: boolean;
  /** Bytes, attributes and signature agree: nothing it covers was changed, whoever signed. */
  readonly intact: boolean;
  /** Its certificate led to a trusted one at the time of signing. */
  readonly trusted: boolean;
  /**
   * Of a signature not yet certified: the body whose later, trusted signature covers it, as the centre's
   * seal does at intake after it has compared the name with the evidence.
   */
  readonly sealedBy: string | undefined;
  readonly problems: readonly SignatureProblem[];
}

/** What can be said of a signed file without asking anyone. */
export interface PdfVerdict {
  /** Nothing else was changed, and every signature is intact and either trusted or sealed by a body that is. */
  readonly holds: boolean;
  /** As `holds`, but for trust: also true for signatures that are not yet certified. */
  readonly intact: boolean;
  readonly problems: readonly FileProblem[];
  readonly signatures: readonly SignatureVerdict[];
  /** SHA-256 of the file up to the end of each revision, hexadecimal, oldest first. */
  readonly revisions: readonly string[];
}
