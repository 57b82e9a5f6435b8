import {
  type Der,
  members,
  oid,
  printableString,
  readOid,
  readText,
  sequence,
  setOf,
  utf8String,
} from './der.ts';
import { oids } from './oids.ts';

const types = {
  C: oids.countryName,
  ST: oids.stateOrProvinceName,
  L: oids.localityName,
  O: oids.organizationName,
  OU: oids.organizationalUnitName,
  CN: oids.commonName,
} as const;

/** A distinguished name (RFC 5280, 4.1.2.4), from the root downwards. */
export type DistinguishedName = readonly (readonly [type: keyof typeof types, value: string])[];

export function buildName(name: DistinguishedName): Der {
  return sequence(
    ...name.map(([type, value]) =>
      setOf(
        // X.520 wants the country as PrintableString; names of people need UTF-8.
        sequence(oid(types[type]), type === 'C' ? printableString(value) : utf8String(value)),
      ),
    ),
  );
}

/** The last common name, or an empty text. */
export function commonName(name: Der): string {
  let found = '';
  for (const set of members(name, 'SEQUENCE')) {
    for (const pair of members(set, 'SET')) {
      const [type, value] = members(pair, 'SEQUENCE');
      if (readOid(type) === oids.commonName) found = readText(value);
    }
  }
  return found;
}
