import type { ChipText } from '../chipText.ts';

/** Made-up people; no region is called 320199, no country UTO. */
export const resident = {
  kind: 'resident',
  name: '丁小禾',
  sex: '2',
  ethnicity: '01',
  birth: '19940312',
  address: '云陵县青石镇望江路 3 号',
  number: '320199199403120027',
  issuer: '云陵县公安局',
  from: '20190520',
  until: '20390520',
} as const satisfies ChipText;

export const fromHongKong = {
  kind: 'hong-kong-macao-taiwan',
  name: '何望舒',
  sex: '1',
  birth: '19880423',
  address: '澜州市北塔区书院街 112 号',
  number: '810000198804230117',
  issuer: '澜州市公安局',
  from: '20240102',
  until: '20290102',
  permit: 'H00000000',
  issues: '01',
} as const satisfies ChipText;

export const foreigner2017 = {
  kind: 'foreigner-2017',
  latinName: 'EXAMPLE, ANNA MARIA',
  sex: '2',
  number: 'UTO320100040201',
  nationality: 'UTO',
  name: '安娜',
  from: '20200301',
  until: '20300301',
  birth: '19900402',
  version: '01',
  authority: '1500',
} as const satisfies ChipText;

export const foreigner2023 = {
  kind: 'foreigner-2023',
  name: '',
  sex: '2',
  renewals: '00',
  birth: '19900402',
  latinName: 'EXAMPLE, ANNA MARIA CHARLOTTE ELISA',
  number: '932999199004020028',
  from: '20240301',
  until: '20340301',
  latinRest: 'BETH',
  nationality: 'UTO',
  link: '',
} as const satisfies ChipText;
