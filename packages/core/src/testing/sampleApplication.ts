import type { ApplicationManifest, SealedFile } from '../seal/manifest.ts';

const answer = (value: string) => ({ value, source: 'typed' }) as const;

function file(letter: string): SealedFile {
  const hash = letter.repeat(43);
  return { address: hash, key: hash, digest: hash, type: 'image/jpeg', size: 1000 };
}

const items = [
  'birth-certificate',
  'vaccination-certificate',
  'household-registration',
  'medical-insurance',
  'social-security-card',
] as const;

/** What a made-up family would send for its newborn child. */
export const sampleApplication: ApplicationManifest = {
  protocol: 1,
  kind: 'application',
  submissionId: '00000000-0000-4000-9000-000000000001',
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
  catalogueVersion: '2026.11.1',
  appVersion: '0.1.0',
  terminal: 'T'.repeat(43),
  channel: '9',
  language: 'zh-CN',
  sealedAt: '2026-11-23T06:00:00.000Z',
  filing: { mode: 'self' },
  receiptNumber: '3201999202611230000000000001',
  receiptSecretHash: 'S'.repeat(43),
  bundle: 'newborn',
  cases: items.map((item, index) => ({ item, caseNumber: `32019992026112300000000000${index}0` })),
  answers: {
    'child.name': answer('林知夏'),
    'child.sex': answer('2'),
    'child.birthDate': answer('2026-11-09'),
    'child.ethnicity': answer('01'),
    'birth.hospital': answer('澜州市妇幼保健院'),
    'birth.pageNumber': answer('Q320000917'),
    'mother.name': answer('丁小禾'),
    'mother.residentId': answer('320199199403120027'),
    'mother.mobile': answer('13800136620'),
    'father.recorded': answer('yes'),
    'father.name': answer('林远舟'),
    'father.residentId': answer('320199199205180010'),
    'household.joins': answer('mother'),
    'household.head': answer('丁国安'),
    'household.relation': answer('maternal-grandchild'),
    'household.street': answer('320199101000'),
    'household.address': answer('南湖区桂子路 18 号 2 栋 601 室'),
    'insurance.street': answer('320199101000'),
    'account.card': answer('4539148803436467'),
    'account.branch': answer('南湖支行'),
    'card.delivery': answer('post'),
    'card.mailAddress': answer('南湖区桂子路 18 号 2 栋 601 室'),
  },
  materials: [
    { material: 'birth-page', state: 'provided', files: [file('B')], readings: {} },
    { material: 'mother-id', state: 'exempt', files: [], readings: {} },
    { material: 'father-id', state: 'promised', files: [], readings: {} },
    { material: 'household-register', state: 'exempt', files: [], readings: {} },
  ],
  papers: items.map((item, index) => ({
    item,
    paper: 'application-form',
    file: file(String(index)),
    signatures: 1,
  })),
  consents: [
    { kind: 'notice', item: 'newborn', at: '2026-11-23T05:50:00.000Z' },
    ...items.map((item) => ({ kind: 'separate', item, at: '2026-11-23T05:50:00.000Z' }) as const),
  ],
  evidence: [
    {
      source: 'credential-code',
      assurance: 'verified',
      readAt: '2026-11-23T05:49:00.000Z',
      issuer: 'demonstration',
      credential: 'credential-of-the-mother',
      attributes: {
        name: '丁小禾',
        residentId: '320199199403120027',
        sex: '2',
        birthDate: '1994-03-12',
        ethnicity: '01',
        address: '南湖区桂子路 18 号 2 栋 601 室',
      },
    },
  ],
};
