import type { IdentityEvidence } from '../identity/evidence.ts';
import type { CaseNumber, DraftId, SubmissionId } from '../ids.ts';
import type { Answer, ApplicationManifest, Consent, Filing, SealedFile } from '../seal/manifest.ts';
import type { Language } from '../text/language.ts';
import type { Receipt } from './receipt.ts';

/** What a person came for. */
export type Target = { readonly kind: 'item' | 'bundle'; readonly id: string };

/** A file of a draft, already encrypted under its own key; the ciphertext lies in the {@link DraftStore}. */
export interface DraftFile extends SealedFile {
  readonly name: string;
  /** ISO 8601 instant. */
  readonly addedAt: string;
  /** Attributes read from a code on it. */
  readonly readings?: Readonly<Record<string, string>>;
}

export interface DraftMaterial {
  /** What the person did about it; whether it is exempt follows from the answers and is in the snapshot. */
  readonly state: 'missing' | 'provided' | 'exempt' | 'promised';
  readonly files: readonly DraftFile[];
  /** Attributes read from codes on its files. */
  readonly readings: Readonly<Record<string, string>>;
}

export interface DraftPaper {
  readonly item: string;
  readonly paper: string;
  readonly file: DraftFile;
  readonly pages: number;
  readonly signatures: number;
}

/** Everything one application holds before it is sealed. Plain JSON: it is stored encrypted and handed over whole. */
export interface Draft {
  readonly id: DraftId;
  readonly target: Target;
  readonly catalogueVersion: string;
  readonly submissionId: SubmissionId;
  readonly receiptNumber: CaseNumber;
  /** 128 random bits, base64url. */
  readonly receiptSecret: string;
  /** By item id; minted with the draft, so that a second sealing is the same submission. */
  readonly caseNumbers: Readonly<Record<string, CaseNumber>>;
  readonly language: Language;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly filing: Filing;
  readonly evidence: readonly IdentityEvidence[];
  readonly consents: readonly Consent[];
  /** By dictionary field id. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** By material id. */
  readonly materials: Readonly<Record<string, DraftMaterial>>;
  /** Present between signing and sealing; any later change of an answer drops them. */
  readonly papers: readonly DraftPaper[];
  /** Where the person stands, so that a reopened draft opens there. */
  readonly step: StepId;
  /** Fixed before it is sealed, so that a second sealing is the same submission with the same hash. */
  readonly manifest?: ApplicationManifest;
  /** Present once the outbox holds the sealed envelope; nothing can be changed from then on. */
  readonly receipt?: Receipt;
  /** Set once the draft moved to another device; read-only from then on, until reclaimed. */
  readonly handedOverAt?: string;
}

/** Steps of a journey, in order. Each is a screen or a short run of screens. */
export const steps = [
  'identity',
  'path',
  'questions',
  'materials',
  'review',
  'sign',
  'receipt',
] as const;
export type StepId = (typeof steps)[number];
