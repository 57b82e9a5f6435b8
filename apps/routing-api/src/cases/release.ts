import { applyEvent, type CaseEvent, type Catalogue, type PublicStatus } from '@tongban/core';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import { openCorrections } from './corrections.ts';
import { type CaseRecord, isConcluded, saveStatus } from './record.ts';

/**
 * What a change of one case does to the others of its submission: an identity confirmed for one is confirmed for all,
 * a granted item releases those that waited for it, one that ended without a grant sends those to a counter.
 * `cases` are locked by the caller and as they were before the change.
 */
export async function moveOthers(
  centre: Centre,
  unit: Unit,
  catalogue: Catalogue,
  changed: PublicStatus,
  cases: readonly CaseRecord[],
): Promise<void> {
  const last = changed.events.at(-1)?.kind;
  const now = new Map(cases.map(({ caseNumber, status }) => [caseNumber, status]));
  now.set(changed.caseNumber, changed);
  if (last === 'identity-confirmed') {
    for (const status of [...now.values()]) {
      if (status.state !== 'awaiting-confirmation') continue;
      await move(centre, unit, catalogue, status, {
        kind: 'identity-confirmed',
        at: changed.updatedAt,
      });
    }
    return;
  }
  if (!isConcluded(changed.state)) return;
  for (const status of [...now.values()]) {
    if (!isWaiting(status) || !afterOf(catalogue, status).includes(changed.item)) continue;
    if (changed.state === 'granted') {
      if (openItems(catalogue, status, [...now.values()]).length > 0) continue;
      now.set(
        status.caseNumber,
        await move(centre, unit, catalogue, status, { kind: 'released', at: changed.updatedAt }),
      );
    } else {
      const fault = { fault: 'earlier-item-failed', about: changed.item } as const;
      await openCorrections(unit, status.caseNumber, [fault], changed.updatedAt);
    }
  }
}

/** Waits for an earlier item, whether or not an identity is still to be confirmed. */
function isWaiting({ state, events }: PublicStatus): boolean {
  if (state === 'waiting') return true;
  const waits = events.findLastIndex(({ kind }) => kind === 'waiting-for');
  return (
    state === 'awaiting-confirmation' &&
    waits > events.findLastIndex(({ kind }) => kind === 'released')
  );
}

async function move(
  centre: Centre,
  unit: Unit,
  catalogue: Catalogue,
  status: PublicStatus,
  event: CaseEvent,
): Promise<PublicStatus> {
  const item = catalogue.items.find(({ id }) => id === status.item);
  if (item === undefined) return status;
  const next = applyEvent(status, event, item, centre.catalogue.calendar);
  if (!next.ok) throw new Error(`${event.kind} is not allowed in ${status.state}`);
  await saveStatus(unit, next.value);
  unit.audit({
    event: `case.${event.kind}`,
    actor: 'centre',
    subject: status.caseNumber,
    correlation: `case-${status.receiptNumber}`,
    detail: { at: centre.clock.now().toISOString() },
  });
  return next.value;
}

function afterOf(catalogue: Catalogue, status: PublicStatus): readonly string[] {
  const bundle = catalogue.bundles.find(({ id }) => id === status.bundle);
  return bundle?.items.find(({ item }) => item === status.item)?.after ?? [];
}

/** Items this case depends on that are part of the submission and not granted yet. */
function openItems(
  catalogue: Catalogue,
  status: PublicStatus,
  all: readonly PublicStatus[],
): string[] {
  return afterOf(catalogue, status).filter((item) =>
    all.some((other) => other.item === item && other.state !== 'granted'),
  );
}
