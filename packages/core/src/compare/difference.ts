import type { Values } from '../catalogue/condition.ts';
import type { DictionaryField, Material } from '../catalogue/schema.ts';
import { normalAnswer } from '../form/normal.ts';
import { align, type Cell } from './align.ts';

/** Where a material says something else than the form, character by character. */
export interface Difference {
  readonly material: string;
  readonly field: string;
  readonly attribute: string;
  readonly onMaterial: string;
  readonly onForm: string;
  /** Aligned code points; `same` is false where they differ or one side has none (empty string). */
  readonly cells: readonly Cell[];
}

/** Attributes read from the codes of each material, by material id. */
export type Readings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Compares what materials say with what the form says, as the catalogue pairs them. What nobody answered, or no
 * code says, is no difference. Choices are compared by value and shown in words.
 */
export function differences(
  materials: readonly Material[],
  dictionary: readonly DictionaryField[],
  answers: Values,
  readings: Readings,
): readonly Difference[] {
  const fields = new Map(dictionary.map((field) => [field.id, field]));
  return materials.flatMap((material) =>
    material.compare.flatMap(({ attribute, field: id }) => {
      const field = fields.get(id);
      const read = readings[material.id]?.[attribute] ?? '';
      const answer = answers[id] ?? '';
      if (field === undefined || read === '' || answer === '') return [];
      if (sameMeaning(field, read, answer)) return [];
      const onMaterial = shown(field, read);
      const onForm = shown(field, answer);
      const cells = align(onMaterial, onForm);
      return [{ material: material.id, field: id, attribute, onMaterial, onForm, cells }];
    }),
  );
}

/** Whether two texts say the same of a field: 女 and 2, 2026年11月9日 and 2026-11-09, spaces in an address. */
export function sameMeaning(field: DictionaryField, one: string, other: string): boolean {
  return comparable(field, one) === comparable(field, other);
}

function comparable(field: DictionaryField, text: string): string {
  const normal = normalAnswer(field, text);
  const choice = field.choices?.find(
    ({ value, label }) => value === normal || Object.values(label).includes(normal),
  );
  if (choice !== undefined) return choice.value;
  if (field.kind === 'address' || field.kind === 'text')
    return normal.normalize('NFKC').replace(/\s/g, '');
  return normal;
}

function shown(field: DictionaryField, text: string): string {
  const value = comparable(field, text);
  const choice = field.choices?.find((candidate) => candidate.value === value);
  return choice?.label['zh-CN'] ?? normalAnswer(field, text);
}
