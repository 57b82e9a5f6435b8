import { shippedCatalogue } from '@tongban/catalogue';
import { demonstrationIssuer, demonstrationTrust } from '@tongban/catalogue/demonstration';
import type { Material } from '@tongban/core';
import { issueCredential } from '@tongban/core/journey';
import { handClock } from '@tongban/core/testing';
import { expect, test } from 'vitest';
import { credentialOf, type ReadCode } from '../scan/index.ts';
import { readingsOf } from './readings.ts';

const clock = handClock('2026-11-23T06:00:00Z');
const place = { trust: demonstrationTrust, clock };

function material(id: string): Material {
  const found = shippedCatalogue.items.flatMap((item) => item.materials).find((m) => m.id === id);
  if (found === undefined) throw new Error(`No material ${id}`);
  return found;
}

async function code(kind: string, attributes: Record<string, string>): Promise<ReadCode> {
  const from = new Date('2026-11-01T00:00:00Z');
  const jws = await issueCredential(demonstrationIssuer, { kind, attributes }, from, 90);
  return { meaning: { kind: 'credential', jws } } as ReadCode;
}

const lease = { tenant: '丁小禾', address: '南湖区桂子路 18 号', rent: '1800' };
const person = { name: '丁小禾', residentId: '320199199403120027', address: '云陵县青石镇 3 号' };

test('a material says what the code of its own kind of certificate says, as far as it is compared', async () => {
  expect(
    await readingsOf([await code('home-proof', lease)], material('home-proof'), place),
  ).toEqual({ tenant: '丁小禾', address: '南湖区桂子路 18 号' });
});

test('one’s own ID code in the picture of a lease is not the lease', async () => {
  const codes = [await code('home-proof', lease), await code('identity', person)];
  const read = await readingsOf(codes, material('home-proof'), place);
  expect(read.address).toBe('南湖区桂子路 18 号');
  expect(await readingsOf(codes.slice(1), material('home-proof'), place)).toEqual({});
});

test('an ID code is what a material that is an ID card is read from', async () => {
  const read = await readingsOf([await code('identity', person)], material('father-id'), place);
  expect(read).toEqual({ name: '丁小禾', residentId: '320199199403120027' });
});

test('a code whose signature does not hold says nothing', async () => {
  const { meaning } = await code('home-proof', lease);
  const jws = meaning.kind === 'credential' ? `${meaning.jws.slice(0, -4)}AAAA` : '';
  const forged = { meaning: { kind: 'credential', jws } } as ReadCode;
  expect(await readingsOf([forged], material('home-proof'), place)).toEqual({});
});

test('a credential of elsewhere is opened as our own are', async () => {
  const forged = { meaning: { kind: 'sd-jwt-vc', code: 'e30.e30.c2ln~' } } as ReadCode;
  expect(await readingsOf([forged], material('home-proof'), place)).toEqual({});
  const { meaning } = await code('home-proof', lease);
  const ours = meaning.kind === 'credential' ? meaning.jws : '';
  expect(credentialOf({ meaning })).toBe(ours);
  expect(credentialOf(forged)).toBe('e30.e30.c2ln~');
  expect(credentialOf({ meaning: { kind: 'opaque', text: '' } })).toBeUndefined();
});
