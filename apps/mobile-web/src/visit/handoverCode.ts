/** A code that is being shown, and until when it can be used. */
export interface HandoverCode {
  readonly code: string;
  /** ISO 8601 instant. */
  readonly expiresAt: string;
}

/** Codes of this page's hand-overs. They carry a key, so they are on no disk. */
const codes = new Map<string, HandoverCode>();

export function rememberCode(visit: string, code: HandoverCode): void {
  codes.set(visit, code);
}

export function rememberedCode(visit: string): HandoverCode | undefined {
  return codes.get(visit);
}

export function forgetCode(visit: string): void {
  codes.delete(visit);
}
