import { type Material, openCredential } from '@tongban/core';
import type { ReadCode } from '../scan/index.ts';
import type { JourneyPlace } from './journey.ts';

/**
 * What codes on a material say, by attribute. An e-certificate's code counts only when its signature holds;
 * anything else in a picture is not evidence of anything.
 */
export async function readingsOf(
  codes: readonly ReadCode[],
  material: Material,
  place: Pick<JourneyPlace, 'trust' | 'clock'>,
): Promise<Readonly<Record<string, string>>> {
  const wanted = new Set(material.compare.map((each) => each.attribute));
  const readings: Record<string, string> = {};
  for (const { meaning } of codes) {
    if (meaning.kind === 'uscc' && wanted.has('uscc')) readings.uscc = meaning.code;
    if (meaning.kind !== 'credential') continue;
    const read = await openCredential(meaning.jws, place.trust, place.clock);
    if (!read.ok) continue;
    for (const [attribute, value] of Object.entries(read.value.attributes))
      if (wanted.has(attribute)) readings[attribute] = value;
  }
  return readings;
}
