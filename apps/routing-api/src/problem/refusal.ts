/** Every code a problem document may carry, with its HTTP status. Each has a title in the locale files. */
export const problemStatus = {
  'malformed-request': 400,
  'idempotency-key-missing': 400,
  'proof-missing': 401,
  'proof-malformed': 401,
  'proof-bad-signature': 401,
  'proof-wrong-request': 401,
  'proof-replayed': 401,
  'clock-wrong': 401,
  'terminal-unknown': 401,
  'not-signed-in': 401,
  'wrong-credentials': 401,
  'terminal-closed': 403,
  'terminal-expired': 403,
  'terminal-revoked': 403,
  'enrolment-refused': 403,
  'foreign-origin': 403,
  'not-allowed': 403,
  'wrong-id': 403,
  'not-found': 404,
  'unknown-receipt': 404,
  'unknown-case': 404,
  'unknown-file': 404,
  'unknown-handover': 404,
  'unknown-upload': 404,
  'case-moved-on': 409,
  'action-not-allowed': 409,
  'gap-open': 409,
  'correction-open': 409,
  'handover-exists': 409,
  'upload-offset': 409,
  'handover-expired': 410,
  'handover-taken': 410,
  'handover-reclaimed': 410,
  'upload-version': 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  'address-mismatch': 422,
  'reason-needed': 422,
  'unknown-reason': 422,
  'material-needed': 422,
  'unknown-material': 422,
  'text-needed': 422,
  'shown-needed': 422,
  'idempotency-key-reused': 422,
  'too-many-requests': 429,
  // Not registered with IANA: the tus protocol gives it this meaning.
  'checksum-mismatch': 460,
  'too-many-attempts': 429,
  internal: 500,
  unavailable: 503,
  'no-accounts': 503,
  'provider-away': 503,
} as const;
export type ProblemCode = keyof typeof problemStatus;

/**
 * A request that the centre declines, thrown by a route and answered as a problem document (RFC 9457).
 * `more` is said to the client as further members; it never holds personal data.
 */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly more: Readonly<Record<string, unknown>>;
  constructor(code: ProblemCode, more: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.more = more;
  }
}
