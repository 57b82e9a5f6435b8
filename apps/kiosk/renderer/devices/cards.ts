import type { IdentityEvidence } from '@tongban/core';
import type { ChipCard } from '@tongban/core/reader';
import credentials from './credentials.json' with { type: 'json' };

/** A made-up card that the simulated reader can be given. No such person, region or number exists. */
export interface SimulatedCard {
  readonly id: keyof typeof credentials;
  readonly attributes: IdentityEvidence['attributes'];
  readonly validFrom: string;
}

/** The people of the simulated register, so that what a department compares is found there. */
export const simulatedCards: readonly SimulatedCard[] = [
  {
    id: 'xiaohe',
    attributes: {
      name: '丁小禾',
      residentId: '320199199403120027',
      birthDate: '1994-03-12',
      sex: '2',
      ethnicity: '01',
      address: '云陵县青石镇望江路 3 号',
      issuedBy: '云陵县公安局',
      validUntil: '2039-05-20',
    },
    validFrom: '2019-05-20',
  },
  {
    id: 'yuanzhou',
    attributes: {
      name: '林远舟',
      residentId: '320199199205180010',
      birthDate: '1992-05-18',
      sex: '1',
      ethnicity: '01',
      address: '北塔区书院街 7 号 402 室',
      issuedBy: '澜州市公安局北塔分局',
      validUntil: '2037-08-02',
    },
    validFrom: '2017-08-02',
  },
  {
    id: 'guoan',
    attributes: {
      name: '丁国安',
      residentId: '320199196312050015',
      birthDate: '1963-12-05',
      sex: '1',
      ethnicity: '01',
      address: '南湖区桂子路 18 号 2 栋 601 室',
      issuedBy: '澜州市公安局南湖分局',
      validUntil: '长期',
    },
    validFrom: '2013-12-09',
  },
];

/** What the chip of the card says. */
export function chipOf({ attributes, validFrom }: SimulatedCard): ChipCard {
  const said = (name: string) => attributes[name] ?? '';
  const digits = (date: string) => date.replaceAll('-', '');
  return {
    text: {
      kind: 'resident',
      name: said('name'),
      sex: said('sex'),
      ethnicity: said('ethnicity'),
      birth: digits(said('birthDate')),
      address: said('address'),
      number: said('residentId'),
      issuer: said('issuedBy'),
      from: digits(validFrom),
      until: digits(said('validUntil')),
    },
  };
}

/**
 * What the same person's phone would show as a code. Signed ahead with the demonstration issuer's key and valid for
 * very long, so that the key itself is in no page.
 */
export function credentialOf(card: SimulatedCard): string {
  return credentials[card.id];
}
