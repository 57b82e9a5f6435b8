import type { CaseDetail } from '@tongban/sync/protocol';

/** What a case still waits for: named by a supplement notice, or promised when it was accepted with a gap. */
export interface Asked {
  readonly caseNumber: string;
  readonly materials: readonly string[];
}

/** The cases of a submission that something may be handed in for now. */
export function askedOf(cases: readonly CaseDetail[]): readonly Asked[] {
  return cases.flatMap((detail) => {
    const materials = materialsOf(detail);
    return materials.length === 0 ? [] : [{ caseNumber: detail.row.caseNumber, materials }];
  });
}

function materialsOf({ row, events, materials }: CaseDetail): readonly string[] {
  if (row.state === 'supplement-requested') {
    const notice = events.findLast((event) => event.kind === 'supplement-requested');
    const named = notice?.materials ?? [];
    // A notice of words alone names no material: whatever answers it may be any of them.
    return named.length > 0 ? named : materials.map((one) => one.material);
  }
  if (row.state !== 'accepted' || !row.gap) return [];
  return materials.filter((one) => one.until !== undefined).map((one) => one.material);
}
