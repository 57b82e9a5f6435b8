import { Malformed } from '../der.ts';
import type { PdfState, Revision } from './revisions.ts';
import { type PdfDictionary, type PdfValue, readText } from './syntax.ts';

/** A signature field of a state. */
export interface SignatureField {
  /** Its full name, parts joined by a point. */
  readonly name: string;
  /** Number of its object. */
  readonly number: number;
  readonly dictionary: PdfDictionary;
  /** Number of the signature's object, once signed. */
  readonly signature: number | undefined;
}

const mostFields = 2000;

/** What a value stands for, one reference followed. */
export function resolve(state: PdfState, value: PdfValue | undefined): PdfValue | undefined {
  return value?.kind === 'reference' ? state.get(value.number)?.value : value;
}

export function dictionary(
  state: PdfState,
  value: PdfValue | undefined,
): PdfDictionary | undefined {
  const resolved = resolve(state, value);
  return resolved?.kind === 'dictionary' ? resolved : undefined;
}

export function array(state: PdfState, value: PdfValue | undefined): readonly PdfValue[] {
  const resolved = resolve(state, value);
  return resolved?.kind === 'array' ? resolved.items : [];
}

export function rootNumber(revision: Revision): number {
  const root = revision.trailer.entries.get('Root');
  if (root?.kind !== 'reference') throw new Malformed('No catalogue');
  return root.number;
}

/** All signature fields of the interactive form (ISO 32000-1, 12.7.4.5). */
export function signatureFields(state: PdfState, root: number): SignatureField[] {
  const catalogue = dictionary(state, state.get(root)?.value);
  const form = dictionary(state, catalogue?.entries.get('AcroForm'));
  const found: SignatureField[] = [];
  const seen = new Set<number>();
  const visit = (value: PdfValue, above: string, type: string) => {
    if (value.kind !== 'reference') throw new Malformed('A field that is no object of its own');
    const field = dictionary(state, value);
    if (!field) return;
    if (seen.has(value.number) || seen.size > mostFields) throw new Malformed('Fields in a circle');
    seen.add(value.number);
    const own = resolve(state, field.entries.get('T'));
    // A kid without a name of its own is a picture of its parent, no field.
    if (above !== '' && own === undefined) return;
    const part = own?.kind === 'string' ? readText(own.bytes) : '';
    const name = [above, part].filter((text) => text !== '').join('.');
    const named = field.entries.get('FT');
    const kind = named?.kind === 'name' ? named.name : type;
    for (const kid of array(state, field.entries.get('Kids'))) visit(kid, name, kind);
    if (kind !== 'Sig') return;
    const signature = field.entries.get('V');
    if (signature && signature.kind !== 'reference')
      throw new Malformed('A signature inside its field');
    if (field.entries.has('Kids') && !signature) return;
    found.push({ name, number: value.number, dictionary: field, signature: signature?.number });
  };
  for (const field of array(state, form?.entries.get('Fields'))) visit(field, '', '');
  return found;
}

/** Numbers of all objects that a value refers to. */
export function references(value: PdfValue, into: Set<number>): void {
  switch (value.kind) {
    case 'reference':
      into.add(value.number);
      break;
    case 'array':
      for (const item of value.items) references(item, into);
      break;
    case 'dictionary':
      for (const entry of value.entries.values()) references(entry, into);
      break;
    default:
  }
}
