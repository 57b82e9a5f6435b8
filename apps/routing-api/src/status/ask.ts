import { createHash, timingSafeEqual } from 'node:crypto';
import { err, ok, type PublicStatus, parseCaseNumber, type Result } from '@tongban/core';
import type { PrivateNote, StatusAnswer, StatusRequest } from '@tongban/sync/protocol';
import { notesOf } from '../cases/notes.ts';
import type { Centre } from '../http/context.ts';
import { countTry, forgiveTries } from '../session/attempts.ts';

export type AskFailure = 'unknown-receipt' | 'wrong-id' | 'too-many-attempts';

interface ReceiptRow {
  readonly receipt_number: string;
  readonly secret_hash: string;
  readonly manifest_hash: string;
  readonly received_at: string;
  readonly persons: readonly string[];
}

/** Wrong receipts one terminal may name, and wrong ID numbers one receipt may meet, in a quarter of an hour. */
const receiptTries = 30;
const idTries = 5;

/**
 * What a receipt opens: its number and secret the public half, the ID number (or the signed-in citizen) the private
 * half too. A wrong secret and an unknown number are the same answer.
 */
export async function askStatus(
  centre: Centre,
  request: StatusRequest,
  asker: { readonly terminal: string; readonly person: string | undefined },
): Promise<Result<StatusAnswer, AskFailure>> {
  const { database, clock, keys } = centre;
  const now = clock.now();
  const subject = `receipts by ${asker.terminal}`;
  const number = parseCaseNumber(request.receiptNumber);
  const { rows } = await database.query<ReceiptRow>(
    'select receipt_number, secret_hash, manifest_hash, received_at, persons from receipts where receipt_number = $1',
    [number ?? ''],
  );
  const receipt = rows[0];
  if (receipt === undefined || !secretFits(request.secret, receipt.secret_hash)) {
    return err(
      (await countTry(database, subject, receiptTries, now))
        ? 'unknown-receipt'
        : 'too-many-attempts',
    );
  }
  let opens = asker.person !== undefined && receipt.persons.includes(asker.person);
  if (request.residentId !== undefined && !opens) {
    const tries = `ids at ${receipt.receipt_number}`;
    if (!(await countTry(database, tries, idTries, now))) return err('too-many-attempts');
    opens = receipt.persons.includes(keys.token('person', request.residentId.trim().toUpperCase()));
    if (!opens) return err('wrong-id');
    await forgiveTries(database, tries);
  }
  const cases = await database.query<{ status: PublicStatus }>(
    'select status from cases where receipt_number = $1 order by case_number',
    [receipt.receipt_number],
  );
  const notes: PrivateNote[] = opens ? await notesOf(centre, receipt.receipt_number) : [];
  return ok({
    receiptNumber: receipt.receipt_number,
    manifestHash: receipt.manifest_hash,
    receivedAt: receipt.received_at,
    cases: cases.rows.map((row) => row.status),
    ...(opens ? { notes } : {}),
  });
}

/** The secret's 128 bits against their SHA-256, in constant time. */
export function secretFits(secret: string, hash: string): boolean {
  const given = createHash('sha256').update(Buffer.from(secret, 'base64url')).digest();
  const kept = Buffer.from(hash, 'base64url');
  return given.length === kept.length && timingSafeEqual(given, kept);
}
