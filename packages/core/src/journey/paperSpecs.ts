import { chinaDate } from '../case/chinaDate.ts';
import { fieldsAsked } from '../catalogue/asked.ts';
import type { Catalogue, DictionaryField, Material, ServiceItem } from '../catalogue/schema.ts';
import type { PaperBlock, PaperRow, PaperSpec } from '../document/index.ts';
import { valueForItem } from '../form/mask.ts';
import { answerText } from '../form/shown.ts';
import { assuranceOf, suffices } from '../identity/assurance.ts';
import { type Applicable, applicable } from './applicable.ts';
import type { Draft } from './draft.ts';
import { materialOf } from './edit.ts';
import type { Plan } from './visit.ts';
import words from './words.zh-CN.json' with { type: 'json' };

/** Name of the field that the applicant signs in, on every paper. */
export const applicantField = 'applicant';

/** What each paper of an application says: a form for each item, and beside it the promises it rests on. */
export function paperSpecs(
  draft: Draft,
  plan: Plan,
  catalogue: Catalogue,
  now: Date,
): readonly { readonly item: string; readonly spec: PaperSpec }[] {
  const applies = applicable(plan, draft.answers);
  return plan.items.flatMap(({ item }) => {
    const about: About = { item, draft, catalogue, applies, date: chinaDate(now) };
    const promised = ownMaterials(about).filter(({ state }) => state.kind === 'promised');
    const committed = ownMaterials(about).filter(({ state }) => state.kind === 'committed');
    return [
      applicationForm(about),
      ...(promised.length === 0 ? [] : [gapCommitment(about, promised)]),
      ...(committed.length === 0 ? [] : [commitment(about, committed)]),
    ].map((spec) => ({ item: item.id, spec }));
  });
}

interface About {
  readonly item: ServiceItem;
  readonly draft: Draft;
  readonly catalogue: Catalogue;
  readonly applies: Applicable;
  readonly date: string;
}

type OwnMaterial = { readonly material: Material; readonly state: MaterialState };
type MaterialState =
  | { readonly kind: 'provided'; readonly files: number }
  | { readonly kind: 'exempt'; readonly from: string }
  | { readonly kind: 'committed' }
  | { readonly kind: 'promised'; readonly days: number };

function applicationForm(about: About): PaperSpec {
  const { item, draft } = about;
  const { filing } = draft;
  const confirmed = draft.evidence.some((one) => suffices(assuranceOf(one), item.minimumAssurance));
  const listed = ownMaterials(about).map(({ material, state }) => ({
    name: material.name['zh-CN'],
    state: stateWords(state),
  }));
  const blocks: PaperBlock[] = [{ kind: 'table', columns: 2, rows: answerRows(about) }];
  if (listed.length > 0) blocks.push({ kind: 'list', heading: words.materials, items: listed });
  blocks.push({ kind: 'text', heading: words.declaration, text: item.declaration['zh-CN'] });
  if (filing.mode === 'assisted')
    blocks.push({ kind: 'text', heading: words.assisted, text: fill(words.assistedBy, filing) });
  if (!confirmed)
    blocks.push({ kind: 'text', heading: words.unconfirmed, text: words.unconfirmedText });
  return paper(
    about,
    'application-form',
    item.formTitle ?? fill(words.applicationForm, { item: nameOf(item) }),
    blocks,
  );
}

function gapCommitment(about: About, promised: readonly OwnMaterial[]): PaperSpec {
  const items = promised.map(({ material }) => ({
    name: material.name['zh-CN'],
    state: fill(words.gapDays, { days: material.gapDays ?? 0 }),
  }));
  return paper(about, 'gap-commitment', words.gapCommitment, [
    aboutTable(about),
    {
      kind: 'text',
      heading: words.promise,
      text: fill(words.gapText, { item: nameOf(about.item) }),
    },
    { kind: 'list', heading: words.gapList, items },
  ]);
}

function commitment(about: About, committed: readonly OwnMaterial[]): PaperSpec {
  const items = committed.map(({ material }) => ({
    name: material.name['zh-CN'],
    state: material.acceptance['zh-CN'],
  }));
  const text = fill(words.commitmentText, { item: nameOf(about.item) });
  return paper(about, 'commitment', words.commitment, [
    aboutTable(about),
    { kind: 'text', heading: words.promise, text },
    { kind: 'list', heading: words.commitmentList, items },
  ]);
}

function paper(
  { item, draft, date }: About,
  id: string,
  title: string,
  blocks: readonly PaperBlock[],
): PaperSpec {
  const caseNumber = draft.caseNumbers[item.id];
  if (caseNumber === undefined) throw new Error(`${item.id} has no case number`);
  return {
    id,
    title,
    language: 'zh-CN',
    caseNumber,
    date,
    blocks,
    qr: caseNumber,
    signatures: [{ name: applicantField, label: words.applicantSignature }],
  };
}

function aboutTable({ item, draft, catalogue }: About): PaperBlock {
  const department = catalogue.departments.find(({ id }) => id === item.department);
  const name = draft.evidence.at(-1)?.attributes.name ?? '';
  return {
    kind: 'table',
    columns: 2,
    rows: [
      { label: words.item, value: nameOf(item) },
      { label: words.department, value: department?.name['zh-CN'] ?? item.department },
      { label: words.applicant, value: name },
    ],
  };
}

/** A paper says no more than its desk may see: the same fields, masked alike. */
function answerRows({ item, catalogue, applies }: About): readonly PaperRow[] {
  const dictionary = new Map(catalogue.dictionary.map((field) => [field.id, field]));
  return fieldsAsked(item).flatMap((id) => {
    const field = dictionary.get(id);
    const value = applies.values[id];
    if (field === undefined || value === undefined) return [];
    const { value: shown, masked } = valueForItem(item, field, value);
    const text = masked ? shown : paperText(field, shown);
    const row = { label: field.label['zh-CN'], value: text };
    return [widthOf(text) > halfRow ? { ...row, wide: true } : row];
  });
}

/** What fits beside another value, in Latin letters; a Chinese character is as wide as two. */
const halfRow = 28;

function widthOf(text: string): number {
  return Array.from(text).reduce((sum, char) => sum + (char > '\u2e7f' ? 2 : 1), 0);
}

function paperText(field: DictionaryField, value: string): string {
  if (field.kind === 'yes-no') return value === 'yes' ? words.yes : words.no;
  if (field.kind !== 'date') return answerText(field, value, 'zh-CN');
  const [year, month, day] = value.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

function ownMaterials({ item, draft, applies }: About): readonly OwnMaterial[] {
  return item.materials.flatMap(({ id }): OwnMaterial[] => {
    const entry = applies.materials.find(({ material }) => material.id === id);
    if (entry?.needed !== true) return [];
    const { material, exempt } = entry;
    const { state, files } = materialOf(draft, id);
    if (state === 'provided') return [{ material, state: { kind: state, files: files.length } }];
    if (exempt && material.exempt !== undefined) {
      const { by, from } = material.exempt;
      if (by === 'commitment') return [{ material, state: { kind: 'committed' } }];
      return [{ material, state: { kind: 'exempt', from: from['zh-CN'] } }];
    }
    if (state !== 'promised') return [];
    return [{ material, state: { kind: state, days: material.gapDays ?? 0 } }];
  });
}

function stateWords(state: MaterialState): string {
  switch (state.kind) {
    case 'provided':
      return fill(words.provided, { files: state.files });
    case 'exempt':
      return fill(words.exempt, { from: state.from });
    case 'committed':
      return words.exemptByCommitment;
    case 'promised':
      return fill(words.promised, { days: state.days });
  }
}

function nameOf(item: ServiceItem): string {
  return item.name['zh-CN'];
}

function fill(pattern: string, values: Readonly<Record<string, unknown>>): string {
  return pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
