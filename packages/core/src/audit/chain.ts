import { base64url, sha256 } from '../encoding.ts';
import { canonicalBytes } from '../seal/seal.ts';

/** One entry of the append-only log. `hash` = SHA-256(previous hash ‖ canonical entry without `hash`). */
export interface AuditEntry {
  readonly seq: number;
  /** ISO 8601 instant by the centre's clock. */
  readonly at: string;
  /** From the event catalogue, e.g. `case.granted`. */
  readonly event: string;
  /** Account, terminal id or `centre`. */
  readonly actor: string;
  /** What it is about: case number, submission id, terminal id. */
  readonly subject: string;
  /** Travels from terminal to department. */
  readonly correlation: string;
  /** Codes and numbers only, never personal data. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly previous: string;
  readonly hash: string;
}

/** `previous` of the very first entry. */
export const genesis = base64url(new Uint8Array(32));

export async function auditHash(entry: Omit<AuditEntry, 'hash'>): Promise<string> {
  return base64url(await sha256(canonicalBytes(entry)));
}

/** First entry that does not follow from the one before, or `undefined` when the whole chain holds. */
export async function firstBreak(
  entries: AsyncIterable<AuditEntry> | Iterable<AuditEntry>,
): Promise<{ readonly seq: number; readonly why: 'gap' | 'not-linked' | 'altered' } | undefined> {
  let previous = genesis;
  let expected = 1;
  for await (const entry of entries) {
    if (entry.seq !== expected) return { seq: expected, why: 'gap' };
    if (entry.previous !== previous) return { seq: entry.seq, why: 'not-linked' };
    const { hash, ...rest } = entry;
    if ((await auditHash(rest)) !== hash) return { seq: entry.seq, why: 'altered' };
    previous = hash;
    expected += 1;
  }
  return undefined;
}
