/**
 * What can be wrong with a submission in custody. None of them loses it: each becomes a correction that a counter
 * settles. The codes are the ones in `CaseRow.correction` and `CaseDetail.corrections`.
 */
export const faultCodes = [
  'manifest-unreadable',
  'catalogue-unknown',
  'bundle-unknown',
  'item-unknown',
  'case-number-unusable',
  'receipt-unusable',
  'terminal-unknown',
  'assisted-elsewhere',
  'consent-missing',
  'credential-invalid',
  'answer-missing',
  'answer-wrong',
  'material-missing',
  'material-not-excused',
  'file-unreadable',
  'file-wrong-kind',
  'file-torn',
  'file-too-large',
  'files-too-many',
  'paper-missing',
  'paper-broken',
  'signer-revoked',
  'signing-time-unproven',
  'terminal-revoked',
  'earlier-item-failed',
  'case-unknown',
  'receipt-not-matching',
  'not-asked-for',
  'supplement-late',
  'judgement-failed',
] as const;
export type FaultCode = (typeof faultCodes)[number];

/** `about` names a field, material, paper or item of the catalogue; never a value. */
export interface Fault {
  readonly fault: FaultCode;
  readonly about: string;
}
