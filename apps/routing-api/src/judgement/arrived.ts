import type { Envelope, Manifest } from '@tongban/core';
import { openEnvelope } from '../custody/openEnvelope.ts';
import type { Database } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { Terminal } from '../terminal/proof.ts';
import type { Fault } from './fault.ts';

/** An envelope in custody, opened. */
export interface Arrived {
  readonly submissionId: string;
  readonly manifestHash: string;
  readonly receivedAt: string;
  readonly correlation: string;
  /** `undefined` when its shape is not one we know. */
  readonly manifest: Manifest | undefined;
  readonly json: string;
  /** Terminal that sealed it, when it is enrolled here. */
  readonly sealer: Sealer | undefined;
}

export interface Sealer extends Pick<Terminal, 'profile' | 'hall' | 'statusGroup'> {
  /** From when on its keys are trusted no more. */
  readonly revokedAt: string | undefined;
}

interface Row {
  readonly envelope: Envelope;
  readonly manifest_hash: string;
  readonly received_at: string;
  readonly correlation: string;
  readonly profile: Terminal['profile'] | null;
  readonly hall: string | null;
  readonly status_group: string | null;
  readonly revoked_at: string | null;
}

/** Reads and opens an envelope in custody. Throws when it does not open any more: custody had opened it. */
export async function readArrived(
  { keys }: Pick<Centre, 'keys'>,
  database: Pick<Database, 'query'>,
  submissionId: string,
): Promise<Arrived | undefined> {
  const row = await readRow(database, submissionId);
  if (row === undefined) return undefined;
  const opened = await openEnvelope(row.envelope, keys.privateKey);
  if (!opened.ok) throw new Error(`an envelope in custody no longer opens: ${opened.error}`);
  return arrivedFrom(submissionId, row, opened.value);
}

/** The same without its inside, for what is kept although it does not open. */
export async function readClosed(
  database: Pick<Database, 'query'>,
  submissionId: string,
): Promise<Arrived | undefined> {
  const row = await readRow(database, submissionId);
  return row && arrivedFrom(submissionId, row, { manifest: undefined, json: '' });
}

async function readRow(
  database: Pick<Database, 'query'>,
  submissionId: string,
): Promise<Row | undefined> {
  const { rows } = await database.query<Row>(
    `select e.envelope, e.manifest_hash, e.received_at, e.correlation, t.profile, t.hall, t.status_group, t.revoked_at
     from envelopes e left join terminals t on t.terminal = e.terminal where e.submission_id = $1`,
    [submissionId],
  );
  return rows[0];
}

function arrivedFrom(
  submissionId: string,
  row: Row,
  { manifest, json }: Pick<Arrived, 'manifest' | 'json'>,
): Arrived {
  return {
    submissionId,
    manifestHash: row.manifest_hash,
    receivedAt: row.received_at,
    correlation: row.correlation,
    manifest,
    json,
    sealer:
      row.profile === null || row.status_group === null
        ? undefined
        : {
            profile: row.profile,
            hall: row.hall ?? undefined,
            statusGroup: row.status_group,
            revokedAt: row.revoked_at ?? undefined,
          },
  };
}

/**
 * What comes from a terminal after its keys were revoked may be anybody's: it is kept, and a counter looks at it. What was
 * in custody before is beyond doubt.
 */
export function sealerFaults({ sealer, receivedAt }: Arrived): readonly Fault[] {
  const revokedAt = sealer?.revokedAt;
  return revokedAt !== undefined && revokedAt <= receivedAt
    ? [{ fault: 'terminal-revoked', about: '' }]
    : [];
}

/** Group that pulls the status of what nobody we know has sealed: nobody does. */
export const nobodysGroup = 'terminal:unknown';
