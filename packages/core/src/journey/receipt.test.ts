import { compactVerify, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { memoryVault } from '../testing/ports.ts';
import { makeReceipt, parseReceipt, spacedSecret } from './receipt.ts';

const about = {
  number: '3201999202611230000000000001',
  secret: 'AAAAAAAAAAAAAAAAAAAAAA',
  manifestHash: 'H'.repeat(43),
  sealedAt: '2026-11-23T06:00:00.000Z',
  target: 'residence-permit',
};

describe('a receipt', () => {
  it('is signed by the terminal and read back from its code', async () => {
    const vault = await memoryVault();
    const receipt = await makeReceipt(about, vault);
    expect(parseReceipt(receipt.code)).toEqual(receipt);
    const { publicJwk, id } = await vault.terminal();
    const key = await importJWK(publicJwk, 'ES256');
    const { protectedHeader } = await compactVerify(receipt.code.slice(4), key);
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: id });
    expect(receipt.code.length).toBeLessThan(500);
  });

  it.each([
    '',
    'TB1:',
    'TB1:a.b.c',
    'TB1:e30.e30.e30',
    'TB1:e30.bnVsbA.e30',
    'TB2:e30.e30.e30',
    'https://example.org',
  ])('is not %j', (text) => expect(parseReceipt(text)).toBeUndefined());

  it('has its secret printed in groups that lose nothing', () => {
    const secret = 'aB3-_9xYz0kLmNoPqRsTuV';
    expect(spacedSecret({ secret })).toBe('aB3- _9xY z0kL mNoP qRsT uV');
  });
});
