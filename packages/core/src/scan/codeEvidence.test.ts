import { expect, test } from 'vitest';
import { base64url, utf8 } from '../encoding.ts';
import { classify } from './classify.ts';
import { evidenceOf } from './codeEvidence.ts';
import type { Finding } from './codes.ts';

const points = [{ x: 1, y: 2 }];
const about = (text: string) => {
  const finding: Finding = { format: 'qr', text, bytes: utf8(text), points };
  const { fields, ...rest } = evidenceOf(finding, classify(text));
  expect(rest).toMatchObject({ source: 'code', points, finding });
  return { ...rest, fields: fields.map(({ name, value, check }) => [name, value, check]) };
};
const part = (value: unknown) => base64url(utf8(JSON.stringify(value)));

test('a credit code is read: its check character is right', () => {
  expect(about('91350100M000100Y43')).toMatchObject({
    kind: 'uscc',
    assurance: 'read',
    fields: [['code', '91350100M000100Y43', 'passed']],
    confirm: [],
  });
});

test('a receipt gives its number, never its secret', () => {
  const claims = { n: '3201999202611230000', s: 'c2VjcmV0', h: 'aA', t: '2026', f: 'newborn' };
  expect(about(`TB1:${part({})}.${part(claims)}.c2ln`)).toMatchObject({
    assurance: 'declared',
    fields: [['number', claims.n, 'none']],
  });
});

test('a hand-over gives nothing to look at', () => {
  expect(about('TBH1:bG9j.a2V5')).toMatchObject({ kind: 'handover', fields: [] });
});

test('a credential proves nothing before it is opened', () => {
  const jws = `${part({ typ: 'tongban-credential+jwt' })}.${part({})}.c2ln`;
  expect(about(jws)).toMatchObject({
    assurance: 'declared',
    fields: [['credential', jws, 'none']],
  });
});

test('a driver licence is only declared, and every field is confirmed', () => {
  expect(about('@\n\x1e\rANSI 636000100001DL00410278DLDAQD12\nDCSSAMPLE\r')).toMatchObject({
    kind: 'driver-licence',
    assurance: 'declared',
    fields: [
      ['familyName', 'SAMPLE', 'none'],
      ['number', 'D12', 'none'],
    ],
    confirm: ['familyName', 'number'],
  });
});

test('a web address is shown by its host', () => {
  expect(about('https://example.org/a')).toMatchObject({
    assurance: 'declared',
    fields: [
      ['host', 'example.org', 'none'],
      ['url', 'https://example.org/a', 'none'],
    ],
  });
});

test('what nobody here knows is kept as it is', () => {
  expect(about('通办')).toMatchObject({ kind: 'opaque', fields: [['text', '通办', 'none']] });
});
