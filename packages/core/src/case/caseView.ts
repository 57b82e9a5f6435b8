import { fieldsAsked } from '../catalogue/asked.ts';
import { holds } from '../catalogue/condition.ts';
import type { Catalogue, DictionaryField, ServiceItem } from '../catalogue/schema.ts';
import { maskedValue, valueForItem } from '../form/mask.ts';
import type { IdentityEvidence } from '../identity/evidence.ts';
import type {
  AnswerSource,
  ApplicationManifest,
  Consent,
  Filing,
  SealedMaterial,
  SealedPaper,
} from '../seal/manifest.ts';

/** One case as its department may see it. */
export interface CaseView {
  readonly item: string;
  readonly caseNumber: string;
  readonly bundle: string | undefined;
  readonly filing: Filing;
  readonly answers: readonly {
    readonly field: string;
    readonly value: string;
    readonly masked: boolean;
    readonly source: AnswerSource;
  }[];
  readonly materials: readonly SealedMaterial[];
  readonly papers: readonly SealedPaper[];
  readonly consents: readonly Consent[];
  /** Attributes masked like the field they fill; without the credential itself. */
  readonly evidence: readonly IdentityEvidence[];
}

/**
 * Cuts one item's case out of a submission: only fields, materials and papers that the item names, values masked by
 * grade. `undefined` when the submission or the catalogue has no such item.
 */
export function caseView(
  manifest: ApplicationManifest,
  itemId: string,
  catalogue: Catalogue,
): CaseView | undefined {
  const item = catalogue.items.find(({ id }) => id === itemId);
  const own = manifest.cases.find((entry) => entry.item === itemId);
  if (item === undefined || own === undefined) return undefined;
  const dictionary = new Map(catalogue.dictionary.map((field) => [field.id, field]));
  const answers = fieldsAsked(item).flatMap((id) => {
    const field = dictionary.get(id);
    const answer = manifest.answers[id];
    if (field === undefined || answer === undefined) return [];
    return [{ field: id, ...valueForItem(item, field, answer.value), source: answer.source }];
  });
  const materials = new Set(item.materials.map(({ id }) => id));
  return {
    item: itemId,
    caseNumber: own.caseNumber,
    bundle: manifest.bundle,
    filing: manifest.filing,
    answers,
    materials: manifest.materials.filter(({ material }) => materials.has(material)),
    papers: manifest.papers.filter((paper) => paper.item === itemId),
    consents: manifest.consents.filter(
      (consent) => consent.kind === 'notice' || consent.item === itemId,
    ),
    evidence: manifest.evidence.map((evidence) => evidenceFor(item, evidence, catalogue)),
  };
}

/** Every desk learns who applied: the name, and the number masked unless its item needs it. Nothing else by itself. */
function evidenceFor(
  item: ServiceItem,
  { credential: _, attributes, ...rest }: IdentityEvidence,
  catalogue: Catalogue,
): IdentityEvidence {
  const asked = new Set(fieldsAsked(item));
  const shown = Object.entries(attributes).flatMap(([attribute, value]) => {
    const fields = catalogue.dictionary.filter(({ from }) => from === attribute);
    const own = fields.find(({ id, fromWhen }) => asked.has(id) && holds(fromWhen, attributes));
    if (own !== undefined) return [[attribute, valueForItem(item, own, value).value]];
    if (attribute === 'name') return [[attribute, value]];
    return attribute === 'residentId' ? [[attribute, maskedValue(residentId, value)]] : [];
  });
  return { ...rest, attributes: Object.fromEntries(shown) };
}

const residentId: Pick<DictionaryField, 'kind' | 'grade'> = { kind: 'resident-id', grade: 4 };
