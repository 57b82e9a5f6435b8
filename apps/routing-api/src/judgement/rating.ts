import type { RatingManifest } from '@tongban/core';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { Arrived } from './arrived.ts';

/** Keeps a rating: one a receipt, the first stands. One that matches no receipt is not counted, and the log says so. */
export async function settleRating(
  centre: Centre,
  unit: Unit,
  arrived: Arrived,
  manifest: RatingManifest,
): Promise<void> {
  const receipt = await unit.query<{ secret_hash: string }>(
    'select secret_hash from receipts where receipt_number = $1',
    [manifest.receiptNumber],
  );
  const fits = receipt.rows[0]?.secret_hash === manifest.receiptSecretHash;
  const place = `rating ${manifest.receiptNumber}`;
  const comment =
    manifest.comment === undefined ? null : centre.keys.encrypt(place, manifest.comment);
  const kept = fits
    ? await unit.query(
        `insert into ratings (receipt_number, submission_id, level, rated_at, sealed_comment)
         values ($1, $2, $3, $4, $5) on conflict do nothing`,
        [manifest.receiptNumber, arrived.submissionId, manifest.level, arrived.receivedAt, comment],
      )
    : undefined;
  unit.audit({
    event: kept?.rowCount === 1 ? 'rating.kept' : 'rating.not-counted',
    actor: 'centre',
    subject: arrived.submissionId,
    correlation: arrived.correlation,
    detail: { level: manifest.level },
  });
}
