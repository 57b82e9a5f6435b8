import { expect, test } from 'vitest';
import { base64url, utf8 } from '../encoding.ts';
import { classify } from './classify.ts';

const part = (value: unknown) => base64url(utf8(JSON.stringify(value)));

test('a receipt', () => {
  const claims = {
    n: '3201999202611230000',
    s: 'c2VjcmV0',
    h: 'aGFzaA',
    t: '2026-11-23T01:00:00Z',
    f: 'newborn',
  };
  const code = `TB1:${part({ alg: 'ES256' })}.${part(claims)}.c2ln`;
  expect(classify(code)).toMatchObject({
    kind: 'receipt',
    receipt: { number: claims.n, target: 'newborn', code },
  });
});

test('a hand-over code', () => {
  expect(classify(' TBH1:bG9j.a2V5\n')).toEqual({ kind: 'handover', code: 'TBH1:bG9j.a2V5' });
});

test('a credential, by its type', () => {
  const jws = `${part({ alg: 'ES256', typ: 'tongban-credential+jwt' })}.${part({})}.c2ln`;
  expect(classify(jws)).toEqual({ kind: 'credential', jws });
});

test('a verifiable credential of elsewhere, with a key binding or without', () => {
  const jws = `${part({ alg: 'ES256', typ: 'dc+sd-jwt' })}.${part({})}.c2ln`;
  const binding = `${part({ typ: 'kb+jwt' })}.${part({})}.c2ln`;
  for (const code of [`${jws}~`, `${jws}~WyJhIl0~`, `${jws}~WyJhIl0~${binding}`])
    expect(classify(` ${code}`)).toEqual({ kind: 'sd-jwt-vc', code });
});

test('a driver licence', () => {
  expect(classify('@\n\x1e\rANSI 636000100001DL00410278DLDAQD12\r')).toMatchObject({
    kind: 'driver-licence',
    licence: { issuer: '636000', values: { number: 'D12' } },
  });
});

test.each([
  ['another token', `${part({ alg: 'ES256', typ: 'JWT' })}.${part({})}.c2ln`],
  ['words with dots', 'one.two.three'],
  ['a damaged receipt', 'TB1:nothing'],
  ['a hand-over code without key', 'TBH1:bG9j'],
  ['a credit code with a wrong check character', '91350100M000100Y4Z'],
  ['a script', 'javascript:alert(1)'],
  ['plain words', '通办'],
])('%s is opaque', (_, text) => {
  expect(classify(text)).toEqual({ kind: 'opaque', text });
});

test.each(['91350100M000100Y43', '91512081MA62K0260E'])('credit code %s', (code) => {
  expect(classify(code.toLowerCase())).toEqual({ kind: 'uscc', code });
});

test('a web address is named by its host', () => {
  const url = 'https://user:pw@example.org:8443/a?b=c';
  expect(classify(url)).toEqual({ kind: 'web-address', url, host: 'example.org:8443' });
});
