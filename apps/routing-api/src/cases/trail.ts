import type { AuditEntry } from '@tongban/core';
import type { TrailLine } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import type { Dossier } from './dossier.ts';
import type { CaseRecord } from './record.ts';

/** Lines of the audit log about a case and its submission, oldest first; people by account and name. */
export async function trailOf(
  centre: Centre,
  record: CaseRecord,
  dossier: Dossier,
): Promise<TrailLine[]> {
  const { rows } = await centre.database.query<
    Pick<AuditEntry, 'at' | 'event' | 'actor'> & { name: string | null }
  >(
    `select a.at, a.event, a.actor, coalesce(p.name, t.name) as name from audit a
     left join accounts p on p.account = a.actor left join terminals t on t.terminal = a.actor
     where a.subject = any($1) order by a.seq`,
    [[record.caseNumber, record.submissionId]],
  );
  const lines = rows.map(({ at, event, actor, name }) => ({
    at,
    event,
    actor: name === null ? actor : personal(actor, name),
  }));
  const filing = dossier.application?.filing;
  if (filing?.mode !== 'assisted' || dossier.application === undefined) return lines;
  const both = `${personal(filing.staff, filing.staffName)}, ${record.findings.applicant}`;
  return [
    { at: dossier.application.sealedAt, event: 'case.filed-assisted', actor: both },
    ...lines,
  ];
}

/** A terminal's id is a hash that says nothing to people: its name stands alone. */
function personal(actor: string, name: string): string {
  return actor.length === 43 ? name : `${actor} ${name}`;
}
