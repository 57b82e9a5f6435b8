import { demonstrationIssuer, demonstrationTrust } from '@tongban/catalogue/demonstration';
import { describe, expect, it } from 'vitest';
import { base64url, utf8 } from '../encoding.ts';
import { openCredential, verifyCredential } from './credential.ts';
import { disclosure, signSdJwt } from './testing/sdJwtVc.ts';

const at = (iso: string) => ({ now: () => new Date(iso) });
const clock = at('2026-11-23T06:00:00Z');
const seconds = (iso: string) => Date.parse(iso) / 1000;
const residentId = '320199199403120027';
const payload = {
  iss: 'demonstration',
  vct: 'identity',
  nbf: seconds('2026-11-01T00:00:00Z'),
  exp: seconds('2026-12-01T00:00:00Z'),
};
const sign = (claims: object, typ?: string) =>
  signSdJwt(demonstrationIssuer, { ...payload, ...claims }, typ);
const open = (code: string, when = clock) => openCredential(code, demonstrationTrust, when);
const shown = async (claims: object, ...disclosures: readonly { shown: string }[]) =>
  `${[await sign(claims), ...disclosures.map((one) => one.shown)].join('~')}~`;
const attr = { name: '丁小禾', residentId };

describe('what an issuer signed', () => {
  it.each(['dc+sd-jwt', 'vc+sd-jwt'])('is verified evidence as %s', async (typ) => {
    const code = `${await sign({ attr }, typ)}~`;
    expect(await verifyCredential(code, demonstrationTrust, clock)).toEqual({
      ok: true,
      value: {
        source: 'credential-code',
        assurance: 'verified',
        readAt: '2026-11-23T06:00:00.000Z',
        issuer: 'demonstration',
        credential: code,
        attributes: attr,
      },
    });
  });

  it('is only read where it names a holder’s key, with a key binding or without', async () => {
    const bound = await shown({ attr, cnf: { jwk: { kty: 'EC' } } });
    expect(await open(bound)).toMatchObject({ ok: true, value: { assurance: 'read' } });
    const head = base64url(utf8(JSON.stringify({ alg: 'ES256', typ: 'kb+jwt' })));
    expect(await open(`${bound}${head}.e30.c2ln`)).toMatchObject({
      ok: true,
      value: { assurance: 'read' },
    });
  });

  it('does not hold before or after its time', async () => {
    const code = await shown({ attr });
    for (const when of ['2026-10-31T23:59:59Z', '2026-12-01T00:00:00Z'])
      expect(await open(code, at(when))).toEqual({ ok: false, error: 'expired' });
  });

  it('counts only from a trusted issuer, of its kinds, under its keys', async () => {
    for (const claims of [{ iss: 'elsewhere' }, { vct: 'deed' }])
      expect(await open(await shown(claims))).toEqual({ ok: false, error: 'unknown-issuer' });
    const [head = '', body, signature] = (await sign({})).split('.');
    const other = { alg: 'ES256', typ: 'dc+sd-jwt', kid: 'other' };
    expect(await open(`${base64url(utf8(JSON.stringify(other)))}.${body}.${signature}~`)).toEqual({
      ok: false,
      error: 'unknown-issuer',
    });
    expect(await open(`${head}.${body}.${'A'.repeat(86)}~`)).toEqual({
      ok: false,
      error: 'bad-signature',
    });
  });

  it('cannot pick its own algorithm', async () => {
    const [, body] = (await sign({ attr })).split('.');
    const head = { alg: 'none', typ: 'dc+sd-jwt', kid: demonstrationIssuer.privateJwk.kid };
    const none = base64url(utf8(JSON.stringify(head)));
    for (const code of [`${none}.${body}.~`, `${none}.${body}.c2ln~`])
      expect(await open(code)).toEqual({ ok: false, error: 'malformed' });
  });

  it('ends at some time', async () => {
    expect(await open(await shown({ exp: undefined }))).toEqual({ ok: false, error: 'malformed' });
  });
});

describe('what a holder shows', () => {
  it('counts where a digest stands for it, at any level and in lists', async () => {
    const name = await disclosure('c2FsdA', 'name', '丁小禾');
    const id = await disclosure('c2FsdA', 'residentId', residentId);
    const hidden = await disclosure('c2FsdA', 'address', '桂子路');
    const inner = await disclosure('c2FsdA', 'attr', { _sd: [id.digest, hidden.digest] });
    const listed = await disclosure('c2FsdA', 'CN');
    const claims = {
      _sd_alg: 'sha-256',
      _sd: [name.digest, inner.digest],
      nationalities: [{ '...': listed.digest }],
    };
    expect(await open(await shown(claims, name, inner, id, listed))).toMatchObject({
      ok: true,
      value: { attributes: { name: '丁小禾', residentId } },
    });
  });

  it.each([
    ['a name in two Chinese parts', { family_name: '丁', given_name: '小禾' }, { name: '丁小禾' }],
    ['a name in two other parts', { family_name: 'Ding', given_name: 'Xiaohe' }, {}],
    ['a birth date', { birthdate: '1994-03-12' }, { birthDate: '1994-03-12' }],
    ['no day at all', { birthdate: '1994-02-30' }, {}],
    ['what is no text', { attr: { name: { first: '丁' }, rent: '1800' } }, { rent: '1800' }],
  ])('%s', async (_, claims, attributes) => {
    expect(await open(await shown(claims))).toMatchObject({ ok: true, value: { attributes } });
  });

  const salt = 'c2FsdA';
  it.each<[string, () => Promise<string>]>([
    ['no digest stands for it', async () => shown({ attr }, await disclosure(salt, 'name', '甲'))],
    [
      'it is shown twice',
      async () => {
        const one = await disclosure(salt, 'name', '甲');
        return shown({ _sd: [one.digest] }, one, one);
      },
    ],
    [
      'its digest stands twice',
      async () => {
        const one = await disclosure(salt, 'name', '甲');
        return shown({ _sd: [one.digest], more: { _sd: [one.digest] } }, one);
      },
    ],
    [
      'its name is there already',
      async () => {
        const one = await disclosure(salt, 'name', '甲');
        return shown({ name: '乙', _sd: [one.digest] }, one);
      },
    ],
    [
      'it stands in a list but has a name',
      async () => {
        const one = await disclosure(salt, 'name', '甲');
        return shown({ list: [{ '...': one.digest }] }, one);
      },
    ],
    [
      'its name is one of the format’s own',
      async () => {
        const one = await disclosure(salt, '_sd', []);
        return shown({ _sd: [one.digest] }, one);
      },
    ],
    [
      'it would decide what only the issuer may say in the open',
      async () => {
        const one = await disclosure(salt, 'cnf', {});
        return shown({ _sd: [one.digest] }, one);
      },
    ],
    ['another hash is named', () => shown({ attr, _sd_alg: 'sha-512' })],
    ['digests are no list', () => shown({ _sd: 'digest' })],
    [
      'levels never end',
      () => shown({ attr: JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) as unknown }),
    ],
    [
      'it is longer than evidence may be',
      async () => `${await sign({ attr })}~${'A'.repeat(4000)}~`,
    ],
    ['a key binding is of another type', async () => `${await sign({ attr })}~e30.e30.c2ln`],
  ])('is refused where %s', async (_, code) => {
    expect(await open(await code())).toEqual({ ok: false, error: 'malformed' });
  });
});
