import type { Catalogue } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import { answersInOrder, type StaffMaterial } from '@tongban/ui/staff';

/** A submission as the counter sees it: each answer, material and finding once, whatever number of items needs it. */
export interface Merged {
  readonly cases: readonly [CaseDetail, ...CaseDetail[]];
  readonly answers: CaseDetail['answers'];
  readonly materials: readonly StaffMaterial[];
  readonly papers: readonly (CaseDetail['papers'][number] & { readonly item: string })[];
  readonly register: CaseDetail['register'];
  readonly corrections: NonNullable<CaseDetail['corrections']>;
  readonly notes: CaseDetail['notes'];
  readonly replies: NonNullable<CaseDetail['replies']>;
  readonly trail: NonNullable<CaseDetail['trail']>;
  /** Which case lets a file be opened. */
  readonly caseOf: ReadonlyMap<string, string>;
}

export function merge(cases: readonly [CaseDetail, ...CaseDetail[]], catalogue: Catalogue): Merged {
  const items = cases.map((one) => one.row.item);
  // Where one item may see a value whole and another only masked, the counter that serves both sees it whole.
  const answers = [...cases.flatMap((one) => one.answers)].toSorted(
    (a, b) => Number(a.masked) - Number(b.masked),
  );
  const caseOf = new Map<string, string>();
  for (const { row, papers, materials } of cases) {
    for (const paper of papers) caseOf.set(paper.address, row.caseNumber);
    for (const file of materials.flatMap((one) => one.files)) {
      caseOf.set(file.address, row.caseNumber);
    }
  }
  return {
    cases,
    answers: answersInOrder(
      once(answers, (one) => one.field),
      items,
      catalogue,
    ),
    materials: once(
      cases.flatMap((one) => one.materials),
      (one) => one.material,
    ),
    papers: cases.flatMap((one) => one.papers.map((paper) => ({ ...paper, item: one.row.item }))),
    register: once(
      cases.flatMap((one) => one.register),
      (one) => `${one.field} ${one.source} ${one.register}`,
    ),
    corrections: once(
      cases.flatMap((one) => one.corrections ?? []),
      (one) => `${one.fault} ${one.about}`,
    ),
    notes: once(
      cases.flatMap((one) => one.notes),
      (one) => `${one.at} ${one.text}`,
    ).toSorted((a, b) => a.at.localeCompare(b.at)),
    replies: once(
      cases.flatMap((one) => one.replies ?? []),
      (one) => `${one.at} ${one.text}`,
    ).toSorted((a, b) => a.at.localeCompare(b.at)),
    trail: once(
      cases.flatMap((one) => one.trail ?? []),
      (one) => `${one.at} ${one.event} ${one.actor}`,
    ).toSorted((a, b) => a.at.localeCompare(b.at)),
    caseOf,
  };
}

function once<T>(list: readonly T[], key: (one: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const one of list) if (!seen.has(key(one))) seen.set(key(one), one);
  return [...seen.values()];
}
