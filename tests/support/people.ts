import { demonstrationIssuer } from '@tongban/catalogue/demonstration';
import { issueCredential } from '@tongban/core';

/** Made-up people of the journeys. Nobody here exists; region 320199 is not assigned. */
export const people = {
  xiaohe: {
    name: '丁小禾',
    residentId: '320199199403120027',
    sex: '2',
    birthDate: '1994-03-12',
    ethnicity: '01',
    address: '澜州市南湖区桂子路 18 号 2 栋 601 室',
  },
} as const;

/** The credential that a person's phone would show as a code: signed by the demonstration issuer. */
export function credentialOf(person: Readonly<Record<string, string>>): Promise<string> {
  return issueCredential(
    demonstrationIssuer,
    { kind: 'identity', attributes: person },
    new Date(Date.now() - 60_000),
    30,
  );
}
