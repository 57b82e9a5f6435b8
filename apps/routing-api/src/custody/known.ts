import { KnownAnswer, KnownRequest } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import type { Server } from '../http/server.ts';
import { byProof, type Proven, refusals } from '../terminal/proven.ts';

/**
 * What of all that terminals hold an echo of the centre still has. Asked when the epoch changed: a backup has nearly all
 * of it, and a terminal need not send a month of files to find out. Envelope and files lie in one database, so what is
 * known is whole. Whoever names id and hash learns nothing new.
 */
export function knownRoutes(app: Server, centre: Centre, proven: Proven): void {
  app.post(
    '/api/v1/envelopes/known',
    {
      ...proven,
      // Five hundred ids and hashes with room to spare.
      bodyLimit: 128 * 1024,
      schema: {
        summary: 'Which of these envelopes are in custody',
        ...byProof,
        body: KnownRequest,
        response: { 200: KnownAnswer, ...refusals },
      },
    },
    async (request) => {
      const { held } = request.body;
      // Before the rows are read: an answer from two lives would renew an echo that the second does not give.
      const epoch = await centre.epoch();
      const { rows } = await centre.database.query<{
        submission_id: string;
        manifest_hash: string;
        received_at: string;
      }>(
        'select submission_id, manifest_hash, received_at from envelopes where submission_id = any($1)',
        [held.map(({ submissionId }) => submissionId)],
      );
      const standing = new Map(rows.map((row) => [row.submission_id, row]));
      return {
        epoch,
        rows: held.map(({ submissionId, manifestHash }) => {
          const row = standing.get(submissionId);
          if (row === undefined) return { submissionId, state: 'unknown' as const };
          return row.manifest_hash === manifestHash
            ? { submissionId, state: 'received' as const, receivedAt: row.received_at }
            : { submissionId, state: 'conflict' as const };
        }),
      };
    },
  );
}
