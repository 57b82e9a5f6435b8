import { equal } from '../bytes.ts';
import {
  dictionary,
  references,
  rootNumber,
  type SignatureField,
  signatureFields,
} from './fields.ts';
import { isTiled, type PdfObject, type PdfState, type Revision } from './revisions.ts';
import type { PdfDictionary, PdfValue } from './syntax.ts';

/**
 * Objects of a later revision that nobody may write once a document is signed; empty when the revision
 * does nothing but sign fields that stood there unsigned, or add validation data (`/DSS`).
 * `undefined` when the revision is no plain list of objects and cannot be judged.
 */
export function unlawfulObjects(
  bytes: Uint8Array,
  before: PdfState,
  after: PdfState,
  previous: Revision,
  revision: Revision,
): readonly number[] | undefined {
  if (!isTiled(bytes, revision) || !trailersAgree(bytes, previous, revision)) return undefined;
  const root = rootNumber(previous);
  const fields = new Map(signatureFields(before, root).map((field) => [field.number, field]));
  const named = namedObjects(before);
  const added = new Set<number>();
  const unlawful: number[] = [...revision.freed].filter((number) => number !== 0);
  let purpose = false;
  for (const [number, object] of revision.objects) {
    if (!before.has(number)) {
      // An old reference to a number not yet taken would let new content slip into signed pages.
      if (named.has(number) || isActive(object)) unlawful.push(number);
      else added.add(number);
      continue;
    }
    const field = fields.get(number);
    const lawful =
      number === root
        ? onlyAddsValidationData(bytes, before.get(number), object)
        : field !== undefined && onlySigns(bytes, field, object, before, after);
    if (lawful) purpose = true;
    else unlawful.push(number);
  }
  if (!purpose) unlawful.push(...added);
  return unlawful;
}

/** The trailer of an increment names the same catalogue, information and identity as the one before. */
function trailersAgree(bytes: Uint8Array, previous: Revision, revision: Revision): boolean {
  const known = new Set(['Size', 'Root', 'Info', 'ID', 'Prev']);
  const [old, now] = [previous.trailer.entries, revision.trailer.entries];
  return (
    [...now.keys()].every((key) => known.has(key)) &&
    ['Root', 'Info'].every((key) => sameBytes(bytes, old.get(key), now.get(key))) &&
    sameBytes(bytes, firstIdentifier(old.get('ID')), firstIdentifier(now.get('ID')))
  );
}

function firstIdentifier(id: PdfValue | undefined): PdfValue | undefined {
  return id?.kind === 'array' ? id.items[0] : undefined;
}

function sameBytes(bytes: Uint8Array, a: PdfValue | undefined, b: PdfValue | undefined): boolean {
  if (!a || !b) return a === b;
  return equal(bytes.subarray(a.start, a.end), bytes.subarray(b.start, b.end));
}

function namedObjects(state: PdfState): Set<number> {
  const named = new Set<number>();
  for (const object of state.values()) references(object.value, named);
  return named;
}

/** Keys whose values differ, were added or are gone. */
function changedKeys(bytes: Uint8Array, old: PdfDictionary, now: PdfDictionary): string[] {
  const keys = new Set([...old.entries.keys(), ...now.entries.keys()]);
  return [...keys].filter((key) => !sameBytes(bytes, old.entries.get(key), now.entries.get(key)));
}

function onlySigns(
  bytes: Uint8Array,
  field: SignatureField,
  object: PdfObject,
  before: PdfState,
  after: PdfState,
): boolean {
  const { value } = object;
  if (field.signature !== undefined || value.kind !== 'dictionary' || object.stream) return false;
  const changed = changedKeys(bytes, field.dictionary, value);
  const signature = value.entries.get('V');
  return (
    changed.includes('V') &&
    changed.every((key) => key === 'V' || key === 'AP') &&
    signature !== undefined &&
    brings(signature, before, after)?.value.kind === 'dictionary' &&
    (!changed.includes('AP') || showsForm(value, before, after))
  );
}

/** The object a value refers to, when this revision brought it. */
function brings(value: PdfValue, before: PdfState, after: PdfState): PdfObject | undefined {
  if (value.kind !== 'reference' || before.has(value.number)) return undefined;
  return after.get(value.number);
}

/** The appearance is a new form that viewers clip to the field's rectangle, nothing else (12.5.5). */
function showsForm(field: PdfDictionary, before: PdfState, after: PdfState): boolean {
  const appearance = dictionary(after, field.entries.get('AP'));
  if (!appearance) return !field.entries.has('AP');
  const normal = appearance.entries.get('N');
  const form = normal && brings(normal, before, after);
  const subtype = form?.value.kind === 'dictionary' ? form.value.entries.get('Subtype') : undefined;
  return (
    appearance.entries.size === 1 &&
    form?.stream !== undefined &&
    subtype?.kind === 'name' &&
    subtype.name === 'Form'
  );
}

function onlyAddsValidationData(
  bytes: Uint8Array,
  before: PdfObject | undefined,
  object: PdfObject,
): boolean {
  if (before?.value.kind !== 'dictionary' || object.value.kind !== 'dictionary') return false;
  const changed = changedKeys(bytes, before.value, object.value);
  return changed.length === 1 && changed[0] === 'DSS';
}

const acting = new Set(['AA', 'JS', 'OpenAction', 'XFA', 'RichMediaContent', 'OCProperties']);
const deeds = new Set(['JavaScript', 'Launch', 'ImportData', 'SubmitForm']);

/** Whether an object carries something that acts when the file is opened, or shows different people different things. */
export function isActive({ value, stream }: PdfObject): boolean {
  // A stream with /F stands in another file.
  const elsewhere = stream !== undefined && value.kind === 'dictionary' && value.entries.has('F');
  return elsewhere || acts(value);
}

function acts(value: PdfValue): boolean {
  if (value.kind === 'array') return value.items.some(acts);
  if (value.kind !== 'dictionary') return false;
  for (const [key, entry] of value.entries) {
    // A destination is an array: where to open the file, no deed.
    if (acting.has(key) && entry.kind !== 'array') return true;
    if (key === 'S' && entry.kind === 'name' && deeds.has(entry.name)) return true;
    if (acts(entry)) return true;
  }
  return false;
}
