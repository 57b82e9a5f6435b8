import type { Envelope, Opened } from '@tongban/core';
import type { Verdict } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import { openEnvelope } from './openEnvelope.ts';

export interface Arrival {
  readonly envelope: Envelope;
  /** Terminal that sent it; not always the one that sealed it. */
  readonly sentBy: string;
  readonly correlation: string;
}

/** An arrival whose hash and signature hold, with what custody must know of its inside. */
export interface OpenedArrival extends Arrival {
  /** Every file it needs, those named only inside too. */
  readonly files: readonly string[];
}

export type Refused = Extract<Verdict, { verdict: 'refused' }>;

/** Opens an envelope as far as custody needs it. Refused is only what cannot be opened, or is not what it says it is. */
export async function openArrival(
  centre: Pick<Centre, 'keys' | 'log'>,
  arrival: Arrival,
): Promise<OpenedArrival | Refused> {
  const { envelope } = arrival;
  const opened = await openEnvelope(envelope, centre.keys.privateKey);
  if (!opened.ok) return refuse(centre, arrival, opened.error);
  const inside = outline(opened.value);
  // The outer fields are not signed: a relabelled copy would become a second submission.
  if (inside.submissionId !== undefined && inside.submissionId !== envelope.submissionId)
    return refuse(centre, arrival, 'hash-mismatch');
  return { ...arrival, files: [...new Set([...envelope.files, ...inside.files])] };
}

export function refuse(
  { log }: Pick<Centre, 'log'>,
  { envelope: { submissionId }, correlation }: Arrival,
  reason: Refused['reason'],
): Refused {
  log.warn({ submission: submissionId, reason, correlation }, 'envelope refused');
  return { submissionId, verdict: 'refused', reason };
}

const addressForm = /^[A-Za-z0-9_-]{43}$/;

/** Whose it is and which files it needs. Nothing of it is judged here. */
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
