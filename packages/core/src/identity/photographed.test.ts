import { describe, expect, test } from 'vitest';
import { photographedIdentity, refusalOf, type SeenDocument } from './photographed.ts';

const clock = { now: () => new Date('2026-11-30T02:00:00.000Z') };
const field = (name: string, value: string) =>
  ({ name, value, confidence: 0.99, check: 'none' }) as const;

/** Of a made-up person. */
const card: SeenDocument = {
  source: 'card-front',
  kind: 'resident-card',
  assurance: 'read',
  fields: [
    field('residentId', '320199199403120027'),
    field('name', '丁小禾'),
    field('sex', '2'),
    field('birthDate', '1994-03-12'),
    field('ethnicity', '01'),
    field('address', '云陵县青石镇望江路3号'),
  ],
  confirm: ['name', 'ethnicity', 'address'],
  points: [],
};
const asRead = {
  name: '丁小禾',
  residentId: '320199199403120027',
  address: '云陵县青石镇望江路3号',
};

describe('a document before the camera', () => {
  test('is read where the person changed neither name nor number', () => {
    expect(photographedIdentity(card, asRead, clock)).toEqual({
      ok: true,
      value: {
        source: 'camera',
        assurance: 'read',
        readAt: '2026-11-30T02:00:00.000Z',
        attributes: { ...asRead, sex: '2', birthDate: '1994-03-12', ethnicity: '01' },
      },
    });
  });

  test('an address with spaces around it is the same', () => {
    const made = photographedIdentity(card, { ...asRead, address: ` ${asRead.address} ` }, clock);
    expect(made).toMatchObject({ value: { source: 'camera', assurance: 'read' } });
  });

  test.each([{ name: '丁小和' }, { residentId: '320199196312050015' }, { address: '望江路 5 号' }])(
    'is what the person typed once they wrote something else: %j',
    (change) => {
      const made = photographedIdentity(card, { ...asRead, ...change }, clock);
      expect(made).toMatchObject({ ok: true, value: { source: 'typed', assurance: 'declared' } });
    },
  );

  test('another number brings its own birth date and sex', () => {
    const made = photographedIdentity(card, { ...asRead, residentId: '320199196312050015' }, clock);
    expect(made).toMatchObject({ value: { attributes: { birthDate: '1963-12-05', sex: '1' } } });
  });

  test('without a name, or with a wrong number, there is no evidence', () => {
    expect(photographedIdentity(card, { ...asRead, name: ' ' }, clock)).toEqual({
      ok: false,
      error: { attribute: 'name', fault: 'required' },
    });
    expect(
      photographedIdentity(card, { ...asRead, residentId: '320199199403120028' }, clock),
    ).toEqual({ ok: false, error: { attribute: 'residentId', fault: 'id-check-digit' } });
  });

  test('a passport keeps its own number and asks for no resident’s', () => {
    const zone: SeenDocument = {
      source: 'zone',
      kind: 'td3',
      assurance: 'read',
      fields: [
        field('documentCode', 'P'),
        field('name', 'OKONKWO OLGA'),
        field('documentNumber', 'A1234567'),
        field('nationality', 'NGA'),
        field('birthDate', '1990-02-03'),
        field('validUntil', '2031-01-01'),
      ],
      confirm: ['name'],
      points: [],
    };
    expect(photographedIdentity(zone, { name: 'OKONKWO OLGA' }, clock)).toMatchObject({
      ok: true,
      value: {
        source: 'camera',
        assurance: 'read',
        attributes: {
          name: 'OKONKWO OLGA',
          documentNumber: 'A1234567',
          nationality: 'NGA',
          birthDate: '1990-02-03',
          validUntil: '2031-01-01',
        },
      },
    });
  });
});

test.each<[ReturnType<typeof refusalOf>, Partial<SeenDocument>]>([
  [undefined, {}],
  ['wrong-side', { source: 'card-back', assurance: 'declared' }],
  ['visa', { source: 'zone', kind: 'mrv-a' }],
  ['unsure', { assurance: 'declared' }],
  ['expired', { source: 'zone', kind: 'td3', fields: [field('validUntil', '2026-11-29')] }],
  [undefined, { source: 'zone', kind: 'td3', fields: [field('validUntil', '2026-11-30')] }],
])('%s: what is refused before anybody confirms it', (refusal, change) => {
  expect(refusalOf({ ...card, ...change }, clock.now())).toBe(refusal);
});
