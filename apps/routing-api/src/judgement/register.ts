import { type Catalogue, fieldsAsked, type ServiceItem, type Values } from '@tongban/core';

/** What a register says about one person, by identity attribute (`name`, `sex`, `birthDate`, `ethnicity`, `address`). */
export type RegisterEntry = Readonly<Record<string, string>>;

/** Port: a department's records, to compare a form with. */
export interface Register {
  /** Shown beside each finding; a simulator names itself as one. */
  readonly name: string;
  /** `undefined` when nobody of this number is on record. */
  person(residentId: string): Promise<RegisterEntry | undefined>;
}

export interface RegisterMatch {
  readonly field: string;
  readonly register: string;
  readonly source: string;
}

/**
 * Looks up everyone whose ID number stands in the form, and says what the register has for the fields beside that
 * number: `mother.residentId` finds what to compare `mother.name` with. A new item needs no code here.
 */
export async function lookUp(
  register: Register,
  item: ServiceItem,
  catalogue: Catalogue,
  values: Values,
): Promise<RegisterMatch[]> {
  const dictionary = new Map(catalogue.dictionary.map((field) => [field.id, field]));
  const asked = fieldsAsked(item);
  const matches: RegisterMatch[] = [];
  for (const id of asked) {
    const number = values[id];
    if (dictionary.get(id)?.kind !== 'resident-id' || number === undefined) continue;
    const entry = await register.person(number);
    if (entry === undefined) continue;
    const beside = id.slice(0, id.lastIndexOf('.') + 1);
    for (const other of asked) {
      const attribute = dictionary.get(other)?.from;
      const said = attribute === undefined || other === id ? undefined : entry[attribute];
      if (!other.startsWith(beside) || said === undefined || values[other] === undefined) continue;
      matches.push({ field: other, register: said, source: register.name });
    }
  }
  return matches;
}
