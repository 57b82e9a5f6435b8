import { demonstrationIssuer, demonstrationTrust } from '@tongban/catalogue/demonstration';
import { describe, expect, it } from 'vitest';
import { base64url, utf8 } from '../encoding.ts';
import { suffices } from './assurance.ts';
import { issueCredential, openCredential, verifyCredential } from './credential.ts';
import { typedIdentity } from './typed.ts';

const at = (iso: string) => ({ now: () => new Date(iso) });
const clock = at('2026-11-23T06:00:00Z');
const from = new Date('2026-11-01T00:00:00Z');
const person = {
  name: '丁小禾',
  residentId: '320199199403120027',
  sex: '2',
  birthDate: '1994-03-12',
  ethnicity: '01',
  address: '澜州市南湖区桂子路 18 号 2 栋 601 室',
};
const identity = () =>
  issueCredential(demonstrationIssuer, { kind: 'identity', attributes: person }, from, 365);
const verify = async (jws: string, when = clock) => verifyCredential(jws, demonstrationTrust, when);

describe('a credential code', () => {
  it('is verified evidence', async () => {
    const jws = await identity();
    expect(jws.length).toBeLessThan(800);
    expect(await verify(jws)).toEqual({
      ok: true,
      value: {
        source: 'credential-code',
        assurance: 'verified',
        readAt: '2026-11-23T06:00:00.000Z',
        issuer: 'demonstration',
        credential: jws,
        attributes: person,
      },
    });
  });

  it('does not hold before or after its time', async () => {
    const jws = await identity();
    expect(await verify(jws, at('2027-11-02T00:00:00Z'))).toEqual({ ok: false, error: 'expired' });
    expect(await verify(jws, at('2026-10-31T23:59:59Z'))).toEqual({ ok: false, error: 'expired' });
  });

  it('does not survive the change of one attribute', async () => {
    const [head, body = '', signature] = (await identity()).split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { attr: typeof person };
    claims.attr.name = '丁小乔';
    const forged = `${head}.${base64url(utf8(JSON.stringify(claims)))}.${signature}`;
    expect(await verify(forged)).toEqual({ ok: false, error: 'bad-signature' });
  });

  it('counts only from an issuer that is trusted for its kind', async () => {
    const jws = await identity();
    const none = { ...demonstrationTrust, issuers: [] };
    expect(await verifyCredential(jws, none, clock)).toEqual({
      ok: false,
      error: 'unknown-issuer',
    });
    const deed = await issueCredential(
      demonstrationIssuer,
      { kind: 'deed', attributes: {} },
      from,
      1,
    );
    expect(await verify(deed)).toEqual({ ok: false, error: 'unknown-issuer' });
  });

  it.each(['', 'a.b.c', '..', 'e30.e30.e30', '中文'])('is malformed when it is %j', async (jws) => {
    expect(await verify(jws)).toEqual({ ok: false, error: 'malformed' });
  });

  it('cannot pick its own algorithm', async () => {
    const [, body] = (await identity()).split('.');
    const head = { alg: 'none', typ: 'tongban-credential+jwt', kid: 'demonstration-2026' };
    const jws = `${base64url(utf8(JSON.stringify(head)))}.${body}.`;
    expect(await verify(jws)).toEqual({ ok: false, error: 'malformed' });
  });

  it('can speak for a material, but never as a person then', async () => {
    const page = { kind: 'birth-page', attributes: { childName: '林知夏', number: 'Q320000917' } };
    const jws = await issueCredential(demonstrationIssuer, page, from, 90);
    expect(await openCredential(jws, demonstrationTrust, clock)).toEqual({
      ok: true,
      value: {
        kind: 'birth-page',
        issuer: 'demonstration',
        assurance: 'verified',
        attributes: page.attributes,
      },
    });
    expect(await verify(jws)).toEqual({ ok: false, error: 'malformed' });
  });
});

describe('a typed number', () => {
  it('declares who someone is, with birth date and sex from the number', () => {
    expect(typedIdentity('32019919940312002 7', ' 丁小禾 ', clock)).toEqual({
      ok: true,
      value: {
        source: 'typed',
        assurance: 'declared',
        readAt: '2026-11-23T06:00:00.000Z',
        attributes: {
          name: '丁小禾',
          residentId: '320199199403120027',
          birthDate: '1994-03-12',
          sex: '2',
        },
      },
    });
  });

  it('says what is wrong', () => {
    expect(typedIdentity('320199199403120028', '丁小禾', clock)).toEqual({
      ok: false,
      error: 'id-check-digit',
    });
    expect(typedIdentity('320199199403120027', '', clock)).toEqual({
      ok: false,
      error: 'required',
    });
  });
});

it('orders assurance', () => {
  expect(suffices('verified', 'read')).toBe(true);
  expect(suffices('read', 'read')).toBe(true);
  expect(suffices('declared', 'read')).toBe(false);
});
