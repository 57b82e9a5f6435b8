import { PDFDocument } from 'pdf-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { concat, fromBinary, toBinary, toHex } from './bytes.ts';
import { readRevisions } from './pdf/revisions.ts';
import { signPdf } from './signPdf.ts';
import { appendRevision, findObject, nextNumber } from './testing/forge.ts';
import { drawn, signedByCitizen, signedByThree, unsigned } from './testing/papers.ts';
import { type Centre, days, issue, noon, openCentre } from './testing/people.ts';
import { verifyPdf } from './verifyPdf.ts';

let centre: Centre;
let paper: Uint8Array;
let signed: Uint8Array;
let three: Uint8Array;
beforeAll(async () => {
  centre = await openCentre();
  paper = await unsigned();
  signed = await signedByCitizen(centre, paper);
  three = await signedByThree(centre);
});

const verify = (pdf: Uint8Array) => verifyPdf(pdf, centre.trust);
const stream = (text: string) => `<</Length ${text.length}>>\nstream\n${text}\nendstream`;

/** Every forgery below leaves the signature itself intact: only what came later gives it away. */
async function expectNamed(pdf: Uint8Array) {
  const verdict = await verify(pdf);
  expect(verdict.holds).toBe(false);
  expect(verdict.intact).toBe(false);
  expect(verdict.problems).toContain('changed-after-signing');
  expect(verdict.signatures[0]).toMatchObject({ signer: '丁小禾', intact: true, trusted: true });
  return verdict;
}

describe('changes after signing are named', () => {
  test('forged page content', async () => {
    const [page] = findObject(signed, '/Type /Page\n');
    const [, text] = findObject(signed, '/Type /Page\n');
    const number = nextNumber(signed);
    await expectNamed(
      appendRevision(signed, [
        [page, text.replace(/\/Contents [^/]+/, `/Contents ${number} 0 R\n`)],
        [number, stream('0 0 600 800 re f')],
      ]),
    );
  });

  test('a content stream written over', async () => {
    const [, page] = findObject(signed, '/Type /Page\n');
    const content = Number(/\/Contents \[ (\d+) 0 R/.exec(page)?.[1]);
    await expectNamed(appendRevision(signed, [[content, stream('')]]));
  });

  test('an annotation laid over the page', async () => {
    const [page, text] = findObject(signed, '/Type /Page\n');
    const number = nextNumber(signed);
    await expectNamed(
      appendRevision(signed, [
        [page, text.replace('/Annots [', `/Annots [ ${number} 0 R`)],
        [number, '<</Type /Annot /Subtype /FreeText /Rect [0 0 600 800] /Contents (x)>>'],
      ]),
    );
  });

  test('an extra page', async () => {
    const [pages, text] = findObject(signed, '/Type /Pages');
    const number = nextNumber(signed);
    await expectNamed(
      appendRevision(signed, [
        [
          pages,
          text.replace('/Kids [', `/Kids [ ${number} 0 R`).replace(/\/Count \d+/, '/Count 2'),
        ],
        [number, `<</Type /Page /Parent ${pages} 0 R /MediaBox [0 0 595 842]>>`],
      ]),
    );
  });

  test('a swapped appearance', async () => {
    const [field, text] = findObject(signed, '/T (applicant)');
    const number = nextNumber(signed);
    const form =
      '<</Type /XObject /Subtype /Form /BBox [0 0 190 46] /Length 0>>\nstream\n\nendstream';
    await expectNamed(
      appendRevision(signed, [
        [field, text.replace(/\/AP <<\/N \d+/, `/AP <</N ${number}`)],
        [number, form],
      ]),
    );
  });

  test('an unsigned field made to cover the page', async () => {
    const [field, text] = findObject(signed, '/T (witness)');
    await expectNamed(
      appendRevision(signed, [[field, text.replace(/\/Rect \[[^\]]+\]/, '/Rect [0 0 600 800]')]]),
    );
  });

  test('another catalogue', async () => {
    const [root, text] = findObject(signed, '/Type /Catalog');
    await expectNamed(
      appendRevision(signed, [
        [root, text.replace('/Type /Catalog', '/Type /Catalog /Version /1.7')],
      ]),
    );
    const number = nextNumber(signed);
    await expectNamed(appendRevision(signed, [[number, text]], `/Root ${number} 0 R\n`));
  });

  test('content behind a reference that was left open before signing', async () => {
    const [page, text] = findObject(paper, '/Type /Page\n');
    const open = nextNumber(paper) + 40;
    const prepared = appendRevision(paper, [
      [page, text.replace('/Annots [', `/Annots [ ${open} 0 R`)],
    ]);
    const trapped = await signedByCitizen(centre, prepared);
    expect((await verify(trapped)).holds).toBe(true);
    await expectNamed(
      appendRevision(trapped, [
        [open, '<</Type /Annot /Subtype /FreeText /Rect [0 0 600 800] /Contents (x)>>'],
      ]),
    );
  });

  test('objects that nothing refers to yet', async () => {
    await expectNamed(appendRevision(signed, [[nextNumber(signed), stream('x')]]));
  });

  test('appended bytes that are no revision', async () => {
    for (const tail of [
      '\n',
      'x',
      '\n%%EOF\n',
      `${'<'.repeat(5000)}\n%%EOF\n`,
      '\nstartxref\n9\n%%EOF\n',
    ]) {
      await expectNamed(concat(signed, fromBinary(tail)));
    }
  });

  test('an increment with bytes between its objects', async () => {
    const forged = toBinary(appendRevision(signed, [[nextNumber(signed), stream('x')]]));
    const at = forged.indexOf('xref\n', signed.length);
    const shifted = `${forged.slice(0, at)}% hidden\n${forged.slice(at)}`.replace(
      /startxref\n\d+\n%%EOF\n$/,
      `startxref\n${at + 9}\n%%EOF\n`,
    );
    await expectNamed(fromBinary(shifted));
  });

  test('a file saved anew by a PDF library', async () => {
    const document = await PDFDocument.load(signed, { updateMetadata: false });
    const verdict = await verify(await document.save({ useObjectStreams: false }));
    expect(verdict.holds).toBe(false);
    expect(verdict.signatures[0]?.intact).toBe(false);
  });
});

describe('what is lawful later', () => {
  test('further signatures, and validation data', async () => {
    expect((await verify(three)).holds).toBe(true);
    const [root, text] = findObject(three, '/Type /Catalog');
    const number = nextNumber(three);
    const dss = appendRevision(three, [
      [root, text.replace(/>>$/, `/DSS ${number} 0 R\n>>`)],
      [number, `<</Certs [${number + 1} 0 R]>>`],
      [number + 1, stream('certificate')],
    ]);
    const verdict = await verify(dss);
    expect(verdict).toMatchObject({ holds: true, problems: [] });
    expect(verdict.signatures.map((one) => one.coversWholeFile)).toEqual([false, false, false]);
  });

  test('a further signature by a stranger does not hold, the first one stays intact', async () => {
    const stranger = await openCentre();
    const second = await signPdf(signed, stranger.seal, {
      field: 'witness',
      appearance: drawn,
      signedAt: noon,
      name: '路人',
    });
    const verdict = await verify(second);
    expect(verdict).toMatchObject({ holds: false, intact: true, problems: [] });
    expect(verdict.signatures.map((one) => one.problems)).toEqual([[], ['untrusted']]);
  });
});

describe('what the case remembers', () => {
  test('a file cut back to an earlier revision', async () => {
    const cut = three.subarray(0, readRevisions(three)[1]!.end);
    const [now] = (await verify(three)).revisions.slice(-1);
    expect((await verify(cut)).holds).toBe(true);
    const verdict = await verifyPdf(cut, centre.trust, { signatures: 3, revisionHash: now! });
    expect(verdict.holds).toBe(false);
    expect(verdict.problems).toEqual(['signature-count', 'revision-missing']);
  });

  test('an earlier revision is found again in a file that was signed further', async () => {
    const revisionHash = toHex(
      new Uint8Array(await crypto.subtle.digest('SHA-256', signed as Uint8Array<ArrayBuffer>)),
    );
    const more = await signPdf(signed, centre.seal, {
      field: 'agency',
      appearance: drawn,
      signedAt: noon,
      name: '南湖分局',
    });
    expect((await verifyPdf(more, centre.trust, { signatures: 2, revisionHash })).holds).toBe(true);
  });
});

describe('signatures that do not hold say why', () => {
  test('a later signature removed', async () => {
    const [field, text] = findObject(three, '/T (agency)');
    const verdict = await verify(
      appendRevision(three, [[field, text.replace(/\/V \d+ 0 R\n/, '')]]),
    );
    expect(verdict.problems).toEqual(['signature-removed', 'changed-after-signing']);
  });

  test('a byte range that leaves out more than the signature', async () => {
    const text = toBinary(signed);
    const [whole = '', before, after, rest] = /\[0 (\d{10}) (\d{10}) (\d{10})\]/.exec(text) ?? [];
    const wider = `[0 ${before} ${String(Number(after) + 40).padStart(10, '0')} ${String(Number(rest) - 40).padStart(10, '0')}]`;
    const verdict = await verify(fromBinary(text.replace(whole, wider)));
    expect(verdict.signatures[0]?.problems).toContain('byte-range');
  });

  test('digits of the signature in mixed case, and bytes in its padding', async () => {
    const text = toBinary(signed);
    const start = text.indexOf('/Contents <30') + '/Contents <'.length;
    const letter = start + text.slice(start).search(/[a-f]/);
    const mixed = `${text.slice(0, letter)}${text[letter]?.toUpperCase()}${text.slice(letter + 1)}`;
    expect((await verify(fromBinary(mixed))).signatures[0]?.problems).toContain(
      'signature-malformed',
    );
    const padding = start + 32_700;
    const padded = `${text.slice(0, padding)}1${text.slice(padding + 1)}`;
    expect((await verify(fromBinary(padded))).signatures[0]?.problems).toContain(
      'signature-malformed',
    );
  });

  test('a certificate that had expired, or was made for another use', async () => {
    const late = await issue([['CN', '甲']], { kind: 'seal' }, centre.root, { until: days(-1) });
    const act = { field: 'agency', appearance: drawn, signedAt: noon, name: '甲' };
    const expired = await signPdf(
      paper,
      { ...late.key, certificate: late.certificate, chain: [] },
      act,
    );
    expect((await verify(expired)).signatures[0]).toMatchObject({
      intact: true,
      problems: ['expired'],
    });
    const wrong = await signPdf(
      paper,
      { ...centre.hall.key, certificate: centre.hall.certificate, chain: [] },
      act,
    );
    expect((await verify(wrong)).signatures[0]?.problems).toContain('wrong-use');
  });

  test("one person's one-act certificate on another paper", async () => {
    const other = await unsigned({
      id: 'x',
      title: '别的',
      language: 'zh-CN',
      caseNumber: '1',
      date: '2026-11-23',
      blocks: [],
      signatures: [{ name: 'applicant', label: '签名' }],
    });
    const { key, certificate } = await issue(
      [['CN', '甲']],
      {
        kind: 'citizen',
        document: new Uint8Array(
          await crypto.subtle.digest('SHA-256', other as Uint8Array<ArrayBuffer>),
        ),
      },
      centre.root,
    );
    // A signer that does not look at its own certificate.
    const act = { field: 'applicant', appearance: drawn, signedAt: noon, name: '甲' };
    const lawful = await signPdf(other, { ...key, certificate, chain: [] }, act);
    expect((await verify(lawful)).holds).toBe(true);
    const moved = appendRevision(paper, [[nextNumber(paper), stream('x')]]);
    await expect(signPdf(moved, { ...key, certificate, chain: [] }, act)).rejects.toThrow(
      'another document',
    );
  });

  test('a certificate swapped for another one of the same key', async () => {
    const own = await issue([['CN', '甲']], { kind: 'seal' }, centre.root);
    const act = { field: 'agency', appearance: drawn, signedAt: noon, name: '甲' };
    const pdf = await signPdf(paper, { ...own.key, certificate: own.certificate, chain: [] }, act);
    expect((await verify(pdf)).holds).toBe(true);
    expect((await verifyPdf(pdf, [])).signatures[0]?.problems).toEqual(['untrusted']);
  });
});

describe('files that are no signed papers', () => {
  test('each gets its reason', async () => {
    const problems = async (pdf: Uint8Array) => (await verify(pdf)).problems;
    expect(await problems(new Uint8Array())).toEqual(['unreadable']);
    expect(await problems(fromBinary('hello'))).toEqual(['unreadable']);
    expect(await problems(paper)).toEqual(['no-signature']);
    expect(await problems(signed.subarray(0, signed.length - 3000))).toEqual(['unreadable']);
    const modern = await (await PDFDocument.load(paper)).save();
    expect(await problems(modern)).toEqual(['unsupported-structure']);
    expect(await problems(new Uint8Array(64 * 1024 * 1024 + 1))).toEqual(['too-large']);
  });

  test('a paper that acts when it is opened is named', async () => {
    const [root, text] = findObject(paper, '/Type /Catalog');
    const acting = appendRevision(paper, [
      [root, text.replace(/>>$/, '/OpenAction <</S /JavaScript /JS (app.alert)>>\n>>')],
    ]);
    const verdict = await verify(await signedByCitizen(centre, acting));
    expect(verdict).toMatchObject({ holds: false, problems: ['active-content'] });
  });

  test('so are layers, and content that stands in another file', async () => {
    const [root, text] = findObject(paper, '/Type /Catalog');
    const layered = appendRevision(paper, [[root, text.replace(/>>$/, '/OCProperties <<>>\n>>')]]);
    const elsewhere = appendRevision(paper, [
      [nextNumber(paper), '<</Length 0 /F (other.bin)>>\nstream\n\nendstream'],
    ]);
    for (const pdf of [layered, elsewhere]) {
      const verdict = await verify(await signedByCitizen(centre, pdf));
      expect(verdict.problems).toEqual(['active-content']);
    }
  });

  test('hostile sizes are refused quickly', async () => {
    const begun = performance.now();
    const deep = `%PDF-1.7\n1 0 obj\n${'['.repeat(100_000)}`;
    const wide = `%PDF-1.7\n1 0 obj\n[${'1 '.repeat(3_000_000)}]\nendobj\n`;
    for (const body of [deep, wide]) {
      const file = `${body}xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Root 1 0 R/Size 2>>\nstartxref\n${body.length}\n%%EOF\n`;
      expect((await verify(fromBinary(file))).problems).toEqual(['unreadable']);
    }
    const marks = fromBinary(`%PDF-1.7\n${'startxref\n9\n%%EOF\n'.repeat(100_000)}`);
    expect((await verify(marks)).problems).toEqual(['unreadable']);
    expect(performance.now() - begun).toBeLessThan(20_000);
  }, 40_000);
});
