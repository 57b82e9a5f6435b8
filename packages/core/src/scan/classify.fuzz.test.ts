import { demonstrationIssuer, demonstrationTrust } from '@tongban/catalogue/demonstration';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { base64url, utf8 } from '../encoding.ts';
import { issueCredential, openCredential } from '../identity/credential.ts';
import { disclosure, signSdJwt } from '../identity/testing/sdJwtVc.ts';
import { classify } from './classify.ts';
import { evidenceOf } from './codeEvidence.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20_261_127);
const runs = Number(process.env.FUZZ_RUNS ?? 10_000);
const clock = { now: () => new Date('2026-11-23T06:00:00Z') };
const attr: Readonly<Record<string, string>> = { name: '丁小禾', residentId: '320199199403120027' };
const part = (value: unknown) => base64url(utf8(JSON.stringify(value)));

let samples: readonly string[] = [];
let bound = '';
beforeAll(async () => {
  const from = new Date('2026-11-01T00:00:00Z');
  const own = await issueCredential(
    demonstrationIssuer,
    { kind: 'identity', attributes: attr },
    from,
    90,
  );
  const name = await disclosure('c2FsdA', 'name', attr.name);
  const id = await disclosure('c2FsdA', 'residentId', attr.residentId);
  const claims = {
    iss: 'demonstration',
    vct: 'identity',
    exp: clock.now().getTime() / 1000 + 60,
    attr: { _sd: [name.digest, id.digest] },
  };
  bound = await signSdJwt(demonstrationIssuer, { ...claims, cnf: {} });
  const free = await signSdJwt(demonstrationIssuer, claims);
  const receipt = { n: '3201999202611230000', s: 'c2VjcmV0', h: 'aA', t: '2026', f: 'newborn' };
  samples = [
    own,
    [free, name.shown, id.shown, ''].join('~'),
    [bound, name.shown, id.shown, `${part({ typ: 'kb+jwt' })}.${part({})}.c2ln`].join('~'),
    `TB1:${part({ alg: 'ES256' })}.${part(receipt)}.c2ln`,
    'TBH1:bG9j.a2V5',
    '@\n\x1e\rANSI 636000100002DL00410278ZV03190008DLDAQD12\nDCSSAMPLE\nDBB03121994\rZVZVA01\r',
    '91350100M000100Y43',
    '91512081MA62K0260E',
    'https://user:pw@example.org:8443/a?b=c#通办',
  ];
});

/**
 * Places and amounts are parts of what there is, so that shrinking leads to short and early ones. Evenly spread: doubles are
 * drawn by their bits, and nearly all of them lie next to 0.
 */
const place = fc.noBias(fc.nat(9_999)).map((part) => part / 10_000);
const mutation = fc.oneof(
  fc.record({ how: fc.constant('flip' as const), at: place, bit: fc.nat(15) }),
  fc.record({ how: fc.constant('cut' as const), at: place, to: place }),
  fc.record({ how: fc.constant('twice' as const), at: place, to: place }),
  fc.record({
    how: fc.constant('splice' as const),
    at: place,
    other: fc.nat(8),
    from: place,
    to: place,
  }),
  fc.record({
    how: fc.constant('insert' as const),
    at: place,
    text: fc.string({ unit: 'binary', maxLength: 8 }),
  }),
  fc.record({
    how: fc.constant('put' as const),
    at: place,
    text: fc.constantFrom(...'~.-_=@\n\x1e\x1d A0Z'),
  }),
);

function mutated(text: string, change: typeof mutation extends fc.Arbitrary<infer T> ? T : never) {
  const index = (share: number, of = text) => Math.floor(share * of.length);
  const at = index(change.at);
  const [before, after] = [text.slice(0, at), text.slice(at)];
  switch (change.how) {
    case 'flip': {
      const code = text.charCodeAt(at) ^ (1 << change.bit);
      return before + String.fromCharCode(code) + after.slice(1);
    }
    case 'cut':
      return before + text.slice(Math.max(at, index(change.to)));
    case 'twice':
      return before + text.slice(at, index(change.to)) + after;
    case 'splice': {
      const other = samples[change.other] ?? '';
      return before + other.slice(index(change.from, other), index(change.to, other)) + after;
    }
    case 'insert':
      return before + change.text + after;
    case 'put':
      return before + change.text + after.slice(1);
  }
}

test(
  `${runs} damaged codes: none throws, none is believed for what nobody signed`,
  async () => {
    const kinds = new Map<string, number>();
    const property = fc.asyncProperty(
      fc.nat(8),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      async (which, changes) => {
        const text = changes.reduce(mutated, samples[which] ?? '');
        const meaning = classify(text);
        kinds.set(meaning.kind, (kinds.get(meaning.kind) ?? 0) + 1);
        const finding = { format: 'qr', text, bytes: utf8(text), points: [] } as const;
        const { assurance, fields } = evidenceOf(finding, meaning);
        expect(assurance).toBe(meaning.kind === 'uscc' ? 'read' : 'declared');
        for (const { value, check } of fields)
          if (check === 'passed') expect(remainder(value)).toBe(0);
        const code =
          meaning.kind === 'credential'
            ? meaning.jws
            : meaning.kind === 'sd-jwt-vc'
              ? meaning.code
              : text;
        const opened = await openCredential(code, demonstrationTrust, clock);
        if (!opened.ok) return;
        expect(code.startsWith(bound) && opened.value.assurance === 'verified').toBe(false);
        for (const [name, value] of Object.entries(opened.value.attributes))
          expect(value).toBe(attr[name]);
      },
    );
    await fc.assert(property, { seed, numRuns: runs });
    // Mutations that only ever made rubbish would prove little.
    expect([...kinds.keys()].sort()).toEqual([
      'credential',
      'driver-licence',
      'handover',
      'opaque',
      'receipt',
      'sd-jwt-vc',
      'uscc',
      'web-address',
    ]);
  },
  runs * 20 + 10_000,
);

/** Modulo 31 over a credit code with the weights of GB 32100 written out: 0 where the check character is right. */
function remainder(code: string): number {
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1];
  const values = [...code].map((char) => '0123456789ABCDEFGHJKLMNPQRTUWXY'.indexOf(char));
  return values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0) % 31;
}

const long = 100_000;
test.each([
  ['letters', 'A'],
  ['full stops', '.'],
  ['parts', 'AA.'],
  ['tildes', '~'],
  ['disclosures', 'AA~'],
  ['digits', '1'],
  ['separators', '\x1e'],
  ['brackets', '['],
  ['spaces', ' '],
  ['surrogates', '\ud83d'],
])('100 KB of %s are told within half a second', (_, unit) => {
  const much = unit.repeat(long / unit.length);
  const heads = [
    '',
    'TB1:',
    'TB1:AA.',
    'TBH1:AA.',
    'https://',
    '@\n\x1e\rANSI 636000100002',
    `${part({ typ: 'dc+sd-jwt' })}.`,
  ];
  for (const head of [
    ...heads,
    `@\n\x1e\rANSI 636000100002${'DL00410278'.repeat(9)}DLDAQ`,
    `TB1:AA.${base64url(utf8(much))}.`,
  ]) {
    const started = performance.now();
    classify(head + much);
    expect(performance.now() - started).toBeLessThan(500);
  }
});
