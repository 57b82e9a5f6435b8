import {
  caseView,
  type DictionaryField,
  differences,
  type Filing,
  type ServiceItem,
  standingOf,
  valueForItem,
} from '@tongban/core';
import type { CaseDetail, RegisterFinding } from '@tongban/sync/protocol';
import type { Centre } from '../http/context.ts';
import { unknownItem } from '../judgement/catalogueId.ts';
import type { Person } from '../session/session.ts';
import { departmentsOf } from './access.ts';
import { type Circumstances, openActions } from './actions.ts';
import { openFaults } from './corrections.ts';
import { type Dossier, openDossier } from './dossier.ts';
import { notesOfCase } from './notes.ts';
import { type CaseColumns, type CaseRecord, caseColumns, recordOf } from './record.ts';
import { rowOf } from './row.ts';
import { trailOf } from './trail.ts';

const self: Filing = { mode: 'self' };

/** A case as a role may see it: only the fields, materials and papers that its item names, masked by grade. */
export async function detailOf(
  centre: Centre,
  person: Person,
  record: CaseRecord,
): Promise<CaseDetail> {
  const dossier = await openDossier(centre, record);
  const faults = await openFaults(centre.database, record.caseNumber);
  const { promised } = standingOf(record.status.events);
  const { application, item, catalogue } = dossier;
  const view =
    application === undefined ? undefined : caseView(application, record.status.item, catalogue);
  return {
    row: rowOf(centre, record, record.findings.applicant, faults[0]?.fault, true),
    status: record.status,
    siblings: await siblingsOf(centre, person, record),
    answers: view?.answers.map((answer) => ({ ...answer })) ?? [],
    evidence: [...(view?.evidence ?? [])],
    filing: view?.filing ?? self,
    materials: item === undefined ? [] : materialsOf(dossier, item, promised),
    papers: record.findings.papers.map((paper) => ({ ...paper, reasons: [...paper.reasons] })),
    register: item === undefined ? [] : registerOf(record, dossier, item),
    corrections: faults,
    notes: await notesOfCase(centre, record.caseNumber),
    ...(dossier.replies.length > 0 && { replies: [...dossier.replies] }),
    events: record.status.events,
    trail: await trailOf(centre, record, dossier),
    actions: openActions(circumstances(person, record, dossier, faults)),
  };
}

/** What decides which actions are open. */
export function circumstances(
  person: Person,
  record: CaseRecord,
  { item, materials }: Pick<Dossier, 'item' | 'materials'>,
  corrections: readonly { readonly fault: string }[],
): Circumstances {
  const lacking = promisableOf(item, materials);
  return {
    state: record.status.state,
    role: person.who.role,
    corrections: corrections.length,
    lateSupplement: corrections.some(({ fault }) => fault === 'supplement-late'),
    openGaps: standingOf(record.status.events).promised.size,
    promisable: lacking.length,
    promised: lacking.filter((id) =>
      materials.some((one) => one.material === id && one.state === 'promised'),
    ).length,
  };
}

/** Secondary materials asked of this applicant, not handed in yet, that may be promised (容缺). */
export function promisableOf(
  item: ServiceItem | undefined,
  materials: Dossier['materials'],
): string[] {
  const lacking = materials.filter(({ state }) => state === 'promised' || state === 'missing');
  return (item?.materials ?? [])
    .filter(({ weight, gapDays }) => weight === 'secondary' && gapDays !== undefined)
    .map(({ id }) => id)
    .filter((id) => lacking.some(({ material }) => material === id));
}

function materialsOf(
  { materials }: Dossier,
  item: ServiceItem,
  promised: ReadonlyMap<string, string>,
): CaseDetail['materials'] {
  return item.materials.flatMap(({ id }) => {
    const sealed = materials.find(({ material }) => material === id);
    if (sealed === undefined) return [];
    const until = promised.get(id);
    return [
      {
        material: id,
        state: sealed.state,
        files: sealed.files.map(({ address, type, size }) => ({ address, type, size })),
        ...(until === undefined ? {} : { until }),
      },
    ];
  });
}

/** Register and form side by side, masked alike, compared as the catalogue compares values. */
function registerOf(
  { findings }: CaseRecord,
  dossier: Dossier,
  item: ServiceItem,
): RegisterFinding[] {
  const dictionary = new Map(dossier.catalogue.dictionary.map((field) => [field.id, field]));
  return findings.register.flatMap(({ field: id, register, source }) => {
    const field = dictionary.get(id);
    const answer = dossier.application?.answers[id]?.value;
    if (field === undefined || answer === undefined) return [];
    return [
      {
        field: id,
        form: valueForItem(item, field, answer).value,
        register: valueForItem(item, field, register).value,
        same: means(field, answer, register),
        source,
      },
    ];
  });
}

function means(field: DictionaryField, one: string, other: string): boolean {
  const pair = {
    id: 'register',
    compare: [{ attribute: 'value', field: field.id }],
  } as unknown as ServiceItem['materials'][number];
  return (
    differences([pair], [field], { [field.id]: one }, { register: { value: other } }).length === 0
  );
}

/** The other cases of the submission, as far as this role may know of them: what, where, how far. */
async function siblingsOf(
  centre: Centre,
  person: Person,
  record: CaseRecord,
): Promise<CaseDetail['siblings']> {
  const { rows } = await centre.database.query<CaseColumns>(
    `select ${caseColumns} from cases where submission_id = $1 and case_number <> $2 order by case_number`,
    [record.submissionId, record.caseNumber],
  );
  const { role, department } = person.who;
  const own =
    role === 'desk' && department !== undefined
      ? departmentsOf(centre.catalogue, department)
      : undefined;
  const bundle = centre.catalogue.bundles.find(({ id }) => id === record.status.bundle);
  // A desk knows of what its item waits for and of what waits for it, and of its own.
  const near = new Set(
    (bundle?.items ?? []).flatMap(({ item, after }) =>
      item === record.status.item ? after : after.includes(record.status.item) ? [item] : [],
    ),
  );
  return rows
    .map((row) => recordOf(centre, row).status)
    .filter(
      ({ item, department: of }) =>
        item !== unknownItem && (own === undefined || own.includes(of) || near.has(item)),
    )
    .map(({ caseNumber, item, department: of, state }) => ({
      caseNumber,
      item,
      department: of,
      state,
    }));
}
