import { type Material, openCredential } from '@tongban/core';
import { credentialOf, type ReadCode } from '../scan/index.ts';
import type { JourneyPlace } from './journey.ts';

/**
 * What codes on a material say, by attribute. An e-certificate's code counts only when its signature holds and it is
 * of a kind that the material is read from: the person's own ID lying beside a lease says nothing about the lease.
 */
export async function readingsOf(
  codes: readonly ReadCode[],
  material: Material,
  place: Pick<JourneyPlace, 'trust' | 'clock'>,
): Promise<Readonly<Record<string, string>>> {
  const wanted = new Set(material.compare.map((each) => each.attribute));
  const readings: Record<string, string> = {};
  for (const code of codes) {
    const { meaning } = code;
    if (meaning.kind === 'uscc' && wanted.has('uscc')) readings.uscc = meaning.code;
    const credential = credentialOf(code);
    if (credential === undefined) continue;
    const read = await openCredential(credential, place.trust, place.clock);
    if (!read.ok || material.readFrom?.includes(read.value.kind) !== true) continue;
    for (const [attribute, value] of Object.entries(read.value.attributes))
      if (wanted.has(attribute)) readings[attribute] = value;
  }
  return readings;
}
