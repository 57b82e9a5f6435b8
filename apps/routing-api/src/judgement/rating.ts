import type { RatingManifest } from '@tongban/core';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { Arrived } from './arrived.ts';

/**
 * Keeps a rating: one a receipt, the first stands. It may come before its application, so whether its receipt exists
 * is asked when ratings are counted (`counted_ratings`), not here.
 */
export async function settleRating(
  centre: Centre,
  unit: Unit,
  arrived: Arrived,
  manifest: RatingManifest,
): Promise<void> {
  const { receiptNumber, receiptSecretHash, level, comment } = manifest;
  const sealed =
    comment === undefined ? null : centre.keys.encrypt(`rating ${receiptNumber}`, comment);
  const kept = await unit.query(
    `insert into ratings (receipt_number, secret_hash, submission_id, level, rated_at, sealed_comment)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [
      receiptNumber.slice(0, 50),
      receiptSecretHash.slice(0, 50),
      arrived.submissionId,
      level,
      arrived.receivedAt,
      sealed,
    ],
  );
  unit.audit({
    event: kept.rowCount === 1 ? 'rating.kept' : 'rating.repeated',
    actor: 'centre',
    subject: arrived.submissionId,
    correlation: arrived.correlation,
    detail: { level },
  });
}
