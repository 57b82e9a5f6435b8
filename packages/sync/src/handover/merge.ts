import type { Answer, Draft, DraftFile, DraftMaterial } from '@tongban/core';

/** Where two copies of one draft, both written since they parted, say something else. */
export type DraftDifference =
  | {
      readonly kind: 'answer';
      readonly field: string;
      /** `undefined`: not answered there. */
      readonly here: Answer | undefined;
      readonly there: Answer | undefined;
    }
  | {
      readonly kind: 'file';
      readonly material: string;
      readonly file: DraftFile;
      /** The copy that has it; the other has not. */
      readonly on: 'here' | 'there';
    }
  | {
      /** Exempt, promised, provided or missing, or another reading of its code. */
      readonly kind: 'material';
      readonly material: string;
      readonly here: DraftMaterial | undefined;
      readonly there: DraftMaterial | undefined;
    };

export type DraftChoice = 'here' | 'there';

/** Everything a person has to look at before the copies become one. In the order of field and material ids. */
export function compareDrafts(here: Draft, there: Draft): readonly DraftDifference[] {
  return [...answerDifferences(here, there), ...materialDifferences(here, there)];
}

/**
 * One draft of two. `choose` is asked for each difference: for an answer or a state of a material which copy counts, for
 * a file the copy that has it (it stays) or the other (it goes). Without an answer of the person a file stays. Evidence
 * and consents of both stay. The result is the copy `here` in everything else, and has no papers: they would not agree
 * with it. Throws when either copy is sealed: what was submitted does not change.
 */
export function mergeDrafts(
  here: Draft,
  there: Draft,
  choose: (difference: DraftDifference) => DraftChoice | undefined,
  now: Date,
): Draft {
  if (here.submissionId !== there.submissionId) throw new Error('These are two applications');
  const { manifest, receipt, handedOverAt: _, ...rest } = here;
  if (manifest ?? receipt ?? there.manifest ?? there.receipt)
    throw new Error('A sealed draft does not change');
  const differences = compareDrafts(here, there);
  return {
    ...rest,
    answers: mergedAnswers(here, there, differences, choose),
    materials: mergedMaterials(here, there, differences, choose),
    evidence: union(here.evidence, there.evidence),
    consents: union(here.consents, there.consents),
    papers: [],
    updatedAt: now.toISOString(),
  };
}

function* answerDifferences(here: Draft, there: Draft): Generator<DraftDifference> {
  for (const field of keysOf(here.answers, there.answers)) {
    const [mine, other] = [here.answers[field], there.answers[field]];
    if (mine?.value !== other?.value) yield { kind: 'answer', field, here: mine, there: other };
  }
}

function* materialDifferences(here: Draft, there: Draft): Generator<DraftDifference> {
  for (const material of keysOf(here.materials, there.materials)) {
    const [mine, other] = [here.materials[material], there.materials[material]];
    if (mine?.state !== other?.state || !sameReadings(mine, other)) {
      yield { kind: 'material', material, here: mine, there: other };
    }
    for (const file of filesOnlyIn(mine, other)) yield { kind: 'file', material, file, on: 'here' };
    for (const file of filesOnlyIn(other, mine))
      yield { kind: 'file', material, file, on: 'there' };
  }
}

function mergedAnswers(
  here: Draft,
  there: Draft,
  differences: readonly DraftDifference[],
  choose: (difference: DraftDifference) => DraftChoice | undefined,
): Draft['answers'] {
  const answers: Record<string, Answer> = { ...there.answers, ...here.answers };
  for (const difference of differences) {
    if (difference.kind !== 'answer') continue;
    const { field } = difference;
    // Where nobody chose, an answer beats none.
    const chosen = choose(difference) ?? (difference.here === undefined ? 'there' : 'here');
    const answer = difference[chosen];
    if (answer === undefined) delete answers[field];
    else answers[field] = answer;
  }
  return answers;
}

function mergedMaterials(
  here: Draft,
  there: Draft,
  differences: readonly DraftDifference[],
  choose: (difference: DraftDifference) => DraftChoice | undefined,
): Draft['materials'] {
  const dropped = new Set<string>();
  const states = new Map<string, DraftChoice>();
  for (const difference of differences) {
    if (difference.kind === 'file' && (choose(difference) ?? difference.on) !== difference.on) {
      dropped.add(difference.file.address);
    }
    if (difference.kind === 'material') {
      states.set(
        difference.material,
        choose(difference) ?? (difference.here === undefined ? 'there' : 'here'),
      );
    }
  }
  const merged = keysOf(here.materials, there.materials).map((id) => {
    const [mine, other] = [here.materials[id], there.materials[id]];
    const leading = states.get(id) === 'there' ? (other ?? mine) : (mine ?? other);
    const files = union(mine?.files ?? [], other?.files ?? []).filter(
      ({ address }) => !dropped.has(address),
    );
    // A file that stays is provided, whichever copy's state was chosen.
    const state = files.length > 0 ? 'provided' : stateWithoutFiles(leading);
    return [id, { state, files, readings: { ...leading?.readings } }] as const;
  });
  return Object.fromEntries(merged);
}

function stateWithoutFiles(material: DraftMaterial | undefined): DraftMaterial['state'] {
  return material === undefined || material.state === 'provided' ? 'missing' : material.state;
}

function sameReadings(a: DraftMaterial | undefined, b: DraftMaterial | undefined): boolean {
  const [mine, other] = [a?.readings ?? {}, b?.readings ?? {}];
  return keysOf(mine, other).every((attribute) => mine[attribute] === other[attribute]);
}

function filesOnlyIn(
  one: DraftMaterial | undefined,
  other: DraftMaterial | undefined,
): readonly DraftFile[] {
  const there = new Set(other?.files.map(({ address }) => address));
  return (one?.files ?? []).filter(({ address }) => !there.has(address));
}

function keysOf(a: object, b: object): readonly string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
}

/** Both lists, equal members once. */
function union<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  const seen = new Set(a.map((one) => JSON.stringify(one)));
  return [...a, ...b.filter((one) => !seen.has(JSON.stringify(one)))];
}
