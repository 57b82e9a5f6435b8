import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { serialOf } from './revocation.ts';
import { signPdf } from './signPdf.ts';
import { drawn, signedByCitizen, unsigned } from './testing/papers.ts';
import { type Centre, days, hallName, issue, noon, openCentre } from './testing/people.ts';
import { verifyPdf } from './verifyPdf.ts';

let centre: Centre;
/** Signed at noon, under the hall's issuing certificate. */
let signed: Uint8Array;
beforeAll(async () => {
  centre = await openCentre();
  signed = await signedByCitizen(centre, await unsigned());
});

const hour = 3_600_000;
const at = (hours: number) => new Date(noon.getTime() + hours * hour);
const hallRevoked = (from: Date) => new Map([[serialOf(centre.hall.certificate), from]]);
const verdictOn = async (from: Date, provenAt?: Date) => {
  const verdict = await verifyPdf(
    signed,
    centre.trust,
    {},
    { revoked: hallRevoked(from), ...(provenAt && { provenAt }) },
  );
  return { holds: verdict.holds, problems: verdict.signatures.flatMap((one) => one.problems) };
};

describe('a paper under an issuing certificate that was revoked', () => {
  test('does not hold when it claims to be signed after the revocation', async () => {
    const none = { holds: false, problems: ['revoked'] };
    expect(await verdictOn(at(-1))).toEqual(none);
    expect(await verdictOn(noon)).toEqual(none);
    expect(await verdictOn(at(-1), at(2))).toEqual(none);
  });

  test('stands when it provably existed before', async () => {
    expect(await verdictOn(at(3), at(2))).toEqual({ holds: true, problems: [] });
    // A clock that ran ahead at the terminal does not matter where the centre's own time is known.
    expect(await verdictOn(at(-1), at(-2))).toEqual({ holds: true, problems: [] });
  });

  test('waits for a person when only its own word says that it was signed before', async () => {
    const waiting = { holds: false, problems: ['revoked-unproven'] };
    expect(await verdictOn(at(1))).toEqual(waiting);
    expect(await verdictOn(at(1), at(2))).toEqual(waiting);
    expect(await verdictOn(at(1), at(1))).toEqual(waiting);
  });

  test('stays whole: what it covers was not changed', async () => {
    const verdict = await verifyPdf(signed, centre.trust, {}, { revoked: hallRevoked(at(-1)) });
    expect(verdict).toMatchObject({ intact: true, signatures: [{ intact: true, trusted: false }] });
  });
});

test('the revocation of another certificate changes nothing', async () => {
  const other = await issue([['CN', '别处']], { kind: 'seal' }, centre.root);
  const revoked = new Map([[serialOf(other.certificate), days(-10)]]);
  expect(await verifyPdf(signed, centre.trust, {}, { revoked })).toMatchObject({ holds: true });
});

test('the serial number is the one that certificates are known by', () => {
  expect(serialOf(centre.hall.certificate).toUpperCase()).toBe(
    new X509Certificate(centre.hall.certificate).serialNumber,
  );
});

test("a terminal's certificate is for proving who it is: a paper signed with it does not hold", async () => {
  const terminal = await issue(
    [...hallName, ['CN', '自助机 01']],
    { kind: 'terminal' },
    centre.root,
  );
  const read = new X509Certificate(terminal.certificate);
  expect([read.ca, read.keyUsage]).toEqual([false, ['1.3.6.1.5.5.7.3.2']]);
  const paper = await signPdf(
    await unsigned(),
    { ...terminal.key, certificate: terminal.certificate, chain: [] },
    { field: 'agency', appearance: drawn, signedAt: noon, name: '自助机 01' },
  );
  expect((await verifyPdf(paper, centre.trust)).signatures[0]?.problems).toEqual(['wrong-use']);
});
