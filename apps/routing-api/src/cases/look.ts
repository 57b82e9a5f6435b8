import type { Centre } from '../http/context.ts';
import type { Person } from '../session/session.ts';
import type { CaseRecord } from './record.ts';

const againAfterMs = 10 * 60_000;

/** Notes in the audit log that somebody opened a case; pages ask often, so one look is noted once in ten minutes. */
export function noteLook(centre: Centre) {
  const noted = new Map<string, number>();
  return async (person: Person, record: CaseRecord, correlation: string): Promise<void> => {
    const now = centre.clock.now().getTime();
    for (const [old, at] of noted) if (now - at >= againAfterMs) noted.delete(old);
    const key = `${person.who.account} ${record.caseNumber}`;
    if (noted.has(key)) return;
    await centre.database.transaction(async (unit) => {
      unit.audit({
        event: 'case.opened',
        actor: person.who.account,
        subject: record.caseNumber,
        correlation,
        detail: { role: person.who.role },
      });
    });
    // Only what is in the log counts as noted: a look whose entry failed is noted at the next one.
    noted.set(key, now);
  };
}
