import type { Verdict } from '@tongban/sync/protocol';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import { type OpenedArrival, refuse } from './arrival.ts';
import { missingFiles, nameFiles } from './files.ts';

interface Known {
  readonly manifest_hash: string;
  readonly received_at: string;
}

/**
 * First half of taking submissions in: envelopes whose hash and signature hold are stored, with their audit entries,
 * in one short transaction; what is inside is judged afterwards. Refused is only what claims the id of another
 * submission. Offering the same again gives the first receipt again. Answers in the order given; no submission may be
 * named twice.
 */
export async function takeIntoCustody(
  centre: Centre,
  arrivals: readonly OpenedArrival[],
): Promise<Verdict[]> {
  const receivedAt = centre.clock.now().toISOString();
  const verdicts = await centre.database.transaction(async (unit) => {
    const ids = arrivals.map(({ envelope }) => envelope.submissionId);
    const known = await knownOf(unit, ids);
    const fresh = arrivals.filter(({ envelope }) => !known.has(envelope.submissionId));
    const missing = new Set(await missingFiles(unit, [...new Set(fresh.flatMap(filesOf))]));
    const lacking = (arrival: OpenedArrival) => arrival.files.filter((file) => missing.has(file));
    const whole = fresh.filter((arrival) => lacking(arrival).length === 0);
    const stored = await insert(unit, whole, receivedAt);
    // Offered at the same moment at another process: the other one was first, and is committed by now.
    const outrun = whole.filter(({ envelope }) => !stored.has(envelope.submissionId));
    const others = await knownOf(
      unit,
      outrun.map(({ envelope }) => envelope.submissionId),
    );
    const taken = whole.filter(({ envelope }) => stored.has(envelope.submissionId));
    await nameFiles(unit, taken.flatMap(filesOf), receivedAt);
    for (const arrival of taken) note(unit, arrival);
    return arrivals.map((arrival): Verdict => {
      const { submissionId, manifestHash } = arrival.envelope;
      if (stored.has(submissionId))
        return { submissionId, verdict: 'received', duplicate: false, manifestHash, receivedAt };
      const earlier = known.get(submissionId) ?? others.get(submissionId);
      if (earlier === undefined)
        return { submissionId, verdict: 'incomplete', missing: lacking(arrival) };
      if (earlier.manifest_hash !== manifestHash)
        return { submissionId, verdict: 'refused', reason: 'conflicting-submission' };
      const { received_at: first } = earlier;
      return {
        submissionId,
        verdict: 'received',
        duplicate: true,
        manifestHash,
        receivedAt: first,
      };
    });
  });
  for (const [index, arrival] of arrivals.entries())
    if (verdicts[index]?.verdict === 'refused') refuse(centre, arrival, 'conflicting-submission');
  return verdicts;
}

const filesOf = ({ files }: OpenedArrival) => files;

async function knownOf(unit: Unit, ids: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  if (ids.length === 0) return new Map();
  const { rows } = await unit.query<Known & { submission_id: string }>(
    'select submission_id, manifest_hash, received_at from envelopes where submission_id = any($1)',
    [ids],
  );
  return new Map(rows.map((row) => [row.submission_id, row]));
}

/** Answers which were stored; one that another transaction stored first is left as it is there. */
async function insert(
  unit: Unit,
  arrivals: readonly OpenedArrival[],
  receivedAt: string,
): Promise<ReadonlySet<string>> {
  if (arrivals.length === 0) return new Set();
  // One order for all processes, or two who are offered the same would wait for each other.
  const sorted = arrivals.toSorted((a, b) =>
    a.envelope.submissionId < b.envelope.submissionId ? -1 : 1,
  );
  const { rows } = await unit.query<{ submission_id: string }>(
    `insert into envelopes (submission_id, kind, manifest_hash, terminal, sent_by, envelope, received_at, correlation)
     select id, kind, hash, terminal, sent_by, envelope, $8, correlation
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::text[])
       as arrived (id, kind, hash, terminal, sent_by, envelope, correlation)
     on conflict do nothing returning submission_id`,
    [
      sorted.map(({ envelope }) => envelope.submissionId),
      sorted.map(({ envelope }) => envelope.kind),
      sorted.map(({ envelope }) => envelope.manifestHash),
      sorted.map(({ envelope }) => envelope.terminal),
      sorted.map(({ sentBy }) => sentBy),
      sorted.map(({ envelope, files }) => JSON.stringify({ ...envelope, files })),
      sorted.map(({ correlation }) => correlation),
      receivedAt,
    ],
  );
  return new Set(rows.map((row) => row.submission_id));
}

function note(unit: Unit, { envelope, files, sentBy, correlation }: OpenedArrival): void {
  unit.audit({
    event: 'envelope.received',
    actor: sentBy,
    subject: envelope.submissionId,
    correlation,
    detail: {
      kind: envelope.kind,
      files: files.length,
      sealedBy: envelope.terminal,
      hash: envelope.manifestHash,
    },
  });
}
