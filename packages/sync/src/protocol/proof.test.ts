import { base64url, systemRandom, utf8 } from '@tongban/core';
import { memoryVault } from '@tongban/core/testing';
import { expect, test } from 'vitest';
import { checkProof, makeProof } from './proof.ts';

const now = new Date('2026-11-23T09:00:00Z');
const request = { method: 'PUT', url: '/api/v1/files/x' };

test('[N2] a proof of another request, of another time or of nothing at all is not admitted, and breaks nothing', async () => {
  const vault = await memoryVault();
  const proof = await makeProof(request, vault, { now: () => now }, systemRandom);
  expect(await checkProof(proof, request, now, 300)).toMatchObject({ ok: true });
  const asked = async (text: string, about = request, at = now) => {
    const checked = await checkProof(text, about, at, 300);
    return checked.ok ? 'admitted' : checked.error;
  };
  expect(await asked(proof, { ...request, method: 'GET' })).toBe('wrong-request');
  expect(await asked(proof, request, new Date(now.getTime() + 301_000))).toBe('clock');
  expect(await asked(`${proof.slice(0, -4)}AAAA`)).toBe('bad-signature');
  const [header] = proof.split('.');
  for (const payload of ['null', '7', '"text"', '[]', '{}']) {
    const input = `${header}.${base64url(utf8(payload))}`;
    const signed = `${input}.${base64url(await vault.sign(utf8(input)))}`;
    expect(await asked(signed)).toBe('malformed');
  }
});
