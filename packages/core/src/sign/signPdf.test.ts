import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rasterPage } from '../document/testing/pdfTools.ts';
import { equal } from './bytes.ts';
import { signPdf } from './signPdf.ts';
import { pageContentAt, pageContentHead } from './testing/forge.ts';
import { drawn, signedByCitizen, signedByThree, unsigned } from './testing/papers.ts';
import { type Centre, noon, openCentre } from './testing/people.ts';
import { coveredRanges, openValidators, type Validators } from './testing/validators.ts';
import { verifyPdf } from './verifyPdf.ts';

let centre: Centre;
let validators: Validators;
let paper: Uint8Array;
let signed: Uint8Array;
beforeAll(async () => {
  centre = await openCentre();
  validators = openValidators(centre.root.certificate);
  paper = await unsigned();
  signed = await signedByCitizen(centre, paper);
});
afterAll(() => validators.close());

const act = { field: 'applicant', appearance: drawn, signedAt: noon, name: '丁小禾' };
const accepted = { valid: true, trusted: true, total: true };

function flipped(pdf: Uint8Array, at: number): Uint8Array {
  const copy = pdf.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

describe('one citizen signs', () => {
  test('pdfsig, OpenSSL, qpdf and we accept it', async () => {
    expect(validators.pdfsig(signed)).toEqual([accepted]);
    expect(coveredRanges(signed).map((range) => validators.opensslAccepts(signed, range))).toEqual([
      true,
    ]);
    expect(validators.qpdfAccepts(signed)).toBe(true);
    const verdict = await verifyPdf(signed, centre.trust);
    expect(verdict).toMatchObject({ holds: true, intact: true, problems: [] });
    expect(verdict.signatures).toEqual([
      {
        field: 'applicant',
        signer: '丁小禾',
        issuer: '07 号机签发',
        signedAt: noon.toISOString(),
        reason: '申请',
        level: 'B-B',
        revision: 2,
        coversWholeFile: true,
        intact: true,
        trusted: true,
        sealedBy: undefined,
        problems: [],
      },
    ]);
  });

  test('each of them refuses it with one byte changed, wherever that byte stands', async () => {
    const [range] = coveredRanges(signed);
    const content = pageContentAt(signed);
    const head = pageContentHead(signed);
    // Fonts, page content and tables before the signature; its own digits; the increment behind it.
    const places = [
      20,
      head,
      content,
      paper.length >> 1,
      paper.length - 40,
      range!.after + 5,
      range!.end - 20,
    ];
    for (const at of places) {
      const changed = flipped(signed, at);
      expect(validators.pdfsig(changed), `pdfsig at ${at}`).not.toEqual([accepted]);
      expect(validators.opensslAccepts(changed, range!), `openssl at ${at}`).toBe(false);
      expect((await verifyPdf(changed, centre.trust)).holds, `ours at ${at}`).toBe(false);
    }
    // qpdf judges no signature, it finds the file itself damaged: where it reads a page, its tables, its end.
    for (const at of [head, content, paper.length - 40, range!.end - 12]) {
      expect(validators.qpdfAccepts(flipped(signed, at)), `qpdf at ${at}`).toBe(false);
    }
    const digits = signed.slice();
    // Inside the signature value: 0 becomes 1, 9 becomes 8, and so on.
    digits[range!.before + 1500] = (digits[range!.before + 1500] ?? 0) ^ 1;
    expect(validators.pdfsig(digits)).not.toEqual([accepted]);
    expect(validators.opensslAccepts(digits, range!)).toBe(false);
    expect((await verifyPdf(digits, centre.trust)).holds).toBe(false);
  });

  test('the paper stays as it was, byte for byte', () => {
    expect(equal(signed.subarray(0, paper.length), paper)).toBe(true);
  });

  test('ink appears in the place to sign and nowhere else', () => {
    const [before, after] = [rasterPage(paper, 1, 96), rasterPage(signed, 1, 96)];
    const changed = before.grey.reduce<number[]>((places, grey, i) => {
      if (grey !== after.grey[i]) places.push(i);
      return places;
    }, []);
    const [x, y] = [
      changed.map((i) => i % before.width),
      changed.map((i) => Math.floor(i / before.width)),
    ];
    expect(changed.length).toBeGreaterThan(200);
    const points = (pixels: number) => (pixels * 72) / 96;
    // The line to sign on: 190 points wide, 46 high, after the label.
    expect(points(Math.min(...x))).toBeGreaterThan(62 + 40);
    expect(points(Math.max(...x))).toBeLessThan(62 + 80 + 190);
    expect(points(Math.max(...y) - Math.min(...y))).toBeLessThan(47);
  });

  test('the person is not yet certified without an issuer, and the paper says no more than that', async () => {
    const alone = await signPdf(paper, await centre.uncertified('丁小禾', paper), act);
    const verdict = await verifyPdf(alone, centre.trust);
    expect(verdict).toMatchObject({ holds: false, intact: true, problems: [] });
    expect(verdict.signatures[0]).toMatchObject({
      trusted: false,
      intact: true,
      problems: ['not-certified'],
    });
    expect(validators.pdfsig(alone)).toEqual([{ valid: true, trusted: false, total: true }]);
  });

  test("the centre's seal makes it hold, another citizen's signature does not", async () => {
    const alone = await signPdf(paper, await centre.uncertified('丁小禾', paper), act);
    const witness = await signPdf(alone, await centre.citizen('林远舟', alone), {
      ...act,
      field: 'witness',
      name: '林远舟',
    });
    expect(await verifyPdf(witness, centre.trust)).toMatchObject({ holds: false, intact: true });
    const sealed = await signPdf(witness, centre.seal, {
      ...act,
      field: 'agency',
      name: '南湖分局',
    });
    const verdict = await verifyPdf(sealed, centre.trust);
    expect(verdict.holds).toBe(true);
    expect(verdict.signatures.map((one) => [one.trusted, one.sealedBy])).toEqual([
      [false, '澜州市公安局南湖分局'],
      [true, undefined],
      [true, undefined],
    ]);
  });

  test('RSA signs as well', async () => {
    const sealed = await signPdf(paper, centre.seal, { ...act, name: '南湖分局' });
    expect(validators.pdfsig(sealed)).toEqual([accepted]);
    expect(validators.opensslAccepts(sealed, coveredRanges(sealed)[0]!)).toBe(true);
    expect((await verifyPdf(sealed, centre.trust)).holds).toBe(true);
  });
});

describe('three sign one after another', () => {
  test('every signature is accepted everywhere', async () => {
    const three = await signedByThree(centre);
    expect(validators.pdfsig(three)).toEqual([
      { ...accepted, total: false },
      { ...accepted, total: false },
      accepted,
    ]);
    expect(coveredRanges(three).map((range) => validators.opensslAccepts(three, range))).toEqual([
      true,
      true,
      true,
    ]);
    expect(validators.qpdfAccepts(three)).toBe(true);
    const verdict = await verifyPdf(three, centre.trust, { signatures: 3 });
    expect(verdict.holds).toBe(true);
    expect(
      verdict.signatures.map((one) => [one.signer, one.revision, one.coversWholeFile]),
    ).toEqual([
      ['丁小禾', 2, false],
      ['林远舟', 3, false],
      ['澜州市公安局南湖分局', 4, true],
    ]);
  });

  test('a byte changed in the first revision breaks all three', async () => {
    const three = await signedByThree(centre);
    const changed = flipped(three, pageContentAt(three));
    expect(validators.pdfsig(changed).map((one) => one.valid)).toEqual([false, false, false]);
    const verdict = await verifyPdf(changed, centre.trust);
    expect(verdict.signatures.map((one) => one.problems.includes('digest-mismatch'))).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('what nobody may sign stops', () => {
  test('a field that is signed or not there', async () => {
    const again = { ...act, field: 'applicant' };
    await expect(signPdf(signed, centre.seal, again)).rejects.toThrow('No unsigned field');
    await expect(signPdf(paper, centre.seal, { ...act, field: 'nobody' })).rejects.toThrow(
      'No unsigned field',
    );
  });

  test('another document than the one the certificate was made for', async () => {
    const signer = await centre.citizen('丁小禾', paper);
    await expect(signPdf(signed, signer, { ...act, field: 'witness' })).rejects.toThrow(
      'another document',
    );
  });

  test('an empty signature', async () => {
    const nothing = { ...act, appearance: { kind: 'drawn', strokes: [] } as const };
    await expect(signPdf(paper, centre.seal, nothing)).rejects.toThrow('without a stroke');
  });
});
