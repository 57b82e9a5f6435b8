import type { IdentityEvidence } from '@tongban/core';

/** A made-up card that the simulated reader can be given. No such person, region or number exists. */
export interface SimulatedCard {
  readonly id: string;
  readonly attributes: IdentityEvidence['attributes'];
}

export const simulatedCards: readonly SimulatedCard[] = [
  {
    id: 'xiaohe',
    attributes: {
      name: '丁小禾',
      residentId: '320199199403184629',
      birthDate: '1994-03-18',
      sex: '2',
      ethnicity: '01',
      address: '澜州市南湖区桂子路 18 号 2 栋 601 室',
      issuedBy: '澜州市公安局南湖分局',
      validUntil: '2039-05-20',
    },
  },
  {
    id: 'yuanzhou',
    attributes: {
      name: '林远舟',
      residentId: '320199199207152312',
      birthDate: '1992-07-15',
      sex: '1',
      ethnicity: '01',
      address: '澜州市北塔区书院街 7 号 402 室',
      issuedBy: '澜州市公安局北塔分局',
      validUntil: '2037-08-02',
    },
  },
  {
    id: 'guoan',
    attributes: {
      name: '丁国安',
      residentId: '320199195511021212',
      birthDate: '1955-11-02',
      sex: '1',
      ethnicity: '01',
      address: '澜州市南湖区桂子路 18 号 2 栋 601 室',
      issuedBy: '澜州市公安局南湖分局',
      validUntil: '长期',
    },
  },
];
