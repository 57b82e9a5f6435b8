import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demonstrationTrust } from '@tongban/catalogue/demonstration';
import { parseResidentId, verifyCredential } from '@tongban/core';
import { describe, expect, test } from 'vitest';
import { credentialOf, simulatedCards } from './cards.ts';

const register = join(import.meta.dirname, '../../../routing-api/data/simulated-register.json');
const { people } = JSON.parse(readFileSync(register, 'utf8')) as {
  readonly people: readonly Readonly<Record<string, string>>[];
};
const clock = { now: () => new Date('2026-11-23T06:40:00Z') };

describe.each(simulatedCards)('the made-up card $id', (card) => {
  const { issuedBy, validUntil, ...person } = card.attributes;

  test('is a person of the simulated register, with a number that holds', () => {
    expect(people).toContainEqual(person);
    const parsed = parseResidentId(person.residentId ?? '', clock.now());
    expect(parsed).toMatchObject({ ok: true, value: { birthDate: person.birthDate } });
  });

  test('has a code that says the same, signed by the demonstration issuer', async () => {
    expect(await verifyCredential(credentialOf(card), demonstrationTrust, clock)).toMatchObject({
      ok: true,
      value: { attributes: person },
    });
  });
});
