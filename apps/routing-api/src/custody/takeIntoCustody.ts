import { type Envelope, type Opened, open } from '@tongban/core';
import type { Verdict } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import { missingFiles, nameFiles } from './files.ts';

export interface Arrival {
  readonly envelope: Envelope;
  /** Terminal that sent it; not always the one that sealed it. */
  readonly sentBy: string;
  readonly correlation: string;
}

/**
 * First half of taking a submission in: an envelope whose hash and signature hold is stored, with its audit entry,
 * in one short transaction; what is inside is judged afterwards. Refused is only what cannot be opened, or what
 * claims the id of another submission. Offering the same again gives the first receipt again.
 */
export async function takeIntoCustody(centre: Centre, arrival: Arrival): Promise<Verdict> {
  const { envelope } = arrival;
  const { submissionId } = envelope;
  const refused = (reason: Extract<Verdict, { verdict: 'refused' }>['reason']): Verdict => {
    centre.log.warn(
      { submission: submissionId, reason, correlation: arrival.correlation },
      'envelope refused',
    );
    return { submissionId, verdict: 'refused', reason };
  };
  const opened = await open(envelope, centre.keys.privateKey);
  if (!opened.ok) return refused(opened.error);
  const inside = outline(opened.value);
  // The outer fields are not signed: a relabelled copy would become a second submission.
  if (inside.submissionId !== undefined && inside.submissionId !== submissionId)
    return refused('hash-mismatch');
  const files = [...new Set([...envelope.files, ...inside.files])];
  const receivedAt = centre.clock.now().toISOString();

  return centre.database.transaction<Verdict>(async (unit) => {
    const earlier = async (): Promise<Verdict | undefined> => {
      const { rows } = await unit.query<{ manifest_hash: string; received_at: string }>(
        'select manifest_hash, received_at from envelopes where submission_id = $1',
        [submissionId],
      );
      const row = rows[0];
      if (row === undefined) return undefined;
      if (row.manifest_hash !== envelope.manifestHash) return refused('conflicting-submission');
      return {
        submissionId,
        verdict: 'received',
        duplicate: true,
        manifestHash: row.manifest_hash,
        receivedAt: row.received_at,
      };
    };
    const known = await earlier();
    if (known !== undefined) return known;
    const missing = await missingFiles(unit, files);
    if (missing.length > 0) return { submissionId, verdict: 'incomplete', missing };
    const stored = await unit.query(
      `insert into envelopes (submission_id, kind, manifest_hash, terminal, sent_by, envelope, received_at, correlation)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [
        submissionId,
        envelope.kind,
        envelope.manifestHash,
        envelope.terminal,
        arrival.sentBy,
        JSON.stringify({ ...envelope, files }),
        receivedAt,
        arrival.correlation,
      ],
    );
    // Two offers at the same moment: the other one was first, and is committed by now.
    if (stored.rowCount === 0) return (await earlier()) ?? refused('conflicting-submission');
    await nameFiles(unit, files, receivedAt);
    unit.audit({
      event: 'envelope.received',
      actor: arrival.sentBy,
      subject: submissionId,
      correlation: arrival.correlation,
      detail: {
        kind: envelope.kind,
        files: files.length,
        sealedBy: envelope.terminal,
        hash: envelope.manifestHash,
      },
    });
    return {
      submissionId,
      verdict: 'received',
      duplicate: false,
      manifestHash: envelope.manifestHash,
      receivedAt,
    };
  });
}

const addressForm = /^[A-Za-z0-9_-]{43}$/;

/** What custody itself must know of the inside: whose it is and which files it needs. Nothing of it is judged here. */
function outline({ manifest, json }: Opened): {
  submissionId: string | undefined;
  files: readonly string[];
} {
  if (manifest === undefined) return { submissionId: looseSubmissionId(json), files: [] };
  if (manifest.kind === 'rating') return { submissionId: manifest.submissionId, files: [] };
  const files = manifest.materials.flatMap((material) => material.files);
  if (manifest.kind === 'application') files.push(...manifest.papers.map((paper) => paper.file));
  const addresses = files
    .map((file) => file.address)
    .filter((address) => addressForm.test(address));
  return { submissionId: manifest.submissionId, files: addresses };
}

/** Of a manifest whose shape we do not know; it is kept all the same, for a counter to look at. */
function looseSubmissionId(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    const id =
      typeof value === 'object' && value !== null && 'submissionId' in value
        ? value.submissionId
        : undefined;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
