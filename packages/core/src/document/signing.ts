import { type PDFDocument, PDFHexString, PDFName, type PDFRef, PDFString } from 'pdf-lib';
import type { PaperSignature, PaperSpec } from './paper.ts';
import type { Sheet } from './sheet.ts';
import { dateWords, signatureWords } from './words.ts';

const size = 11;
/** Height of one place to sign with the air above it. */
const place = 56;
const field = { width: 190, height: 46 };

export function signingHeight(spec: PaperSpec): number {
  return spec.signatures.length * place + (spec.signatures.length > 0 ? 10 : 0);
}

/** Draws the lines to sign on and creates their signature fields. The places of a paper stay on one page. */
export function drawSigning(document: PDFDocument, sheet: Sheet, spec: PaperSpec): void {
  const { context } = document;
  if (sheet.room() < signingHeight(spec)) sheet.feed();
  sheet.y += spec.signatures.length > 0 ? 10 : 0;
  const labels = spec.signatures.map((signature) => signatureWords(signature.label));
  const widest = Math.max(0, ...labels.map((label) => sheet.measure.width(label, size)));
  const fields = spec.signatures.map((signature, index) => {
    const baseline = sheet.y + place - 8;
    const x = sheet.left + widest + 2;
    const date = dateWords(spec.date);
    const ink = sheet.ink();
    ink.text(sheet.left, baseline, labels[index] ?? '', { size });
    ink.line(x, baseline + 5, x + field.width, baseline + 5, 0.7);
    ink.text(sheet.right - sheet.measure.width(date, size), baseline, date, { size });
    sheet.y += place;
    return createField(document, sheet, signature, x, baseline + 4.5);
  });
  // Flags 3 (signatures exist, append only) from the start: later signers need not touch the catalogue.
  if (fields.length > 0)
    document.catalog.set(PDFName.of('AcroForm'), context.obj({ Fields: fields, SigFlags: 3 }));
}

/** An unsigned field with an empty appearance; a signer only fills /V and /AP (ISO 32000-1, 12.7.4.5). */
function createField(
  document: PDFDocument,
  sheet: Sheet,
  signature: PaperSignature,
  x: number,
  foot: number,
): PDFRef {
  const { context } = document;
  const page = sheet.page();
  const y = page.getHeight() - foot;
  const empty = context.register(
    context.stream('', {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, field.width, field.height],
    }),
  );
  const widget = context.register(
    context.obj({
      Type: 'Annot',
      Subtype: 'Widget',
      FT: 'Sig',
      T: PDFString.of(signature.name),
      TU: PDFHexString.fromText(signature.label),
      // Print, locked.
      F: 132,
      Rect: [x, y, x + field.width, y + field.height],
      P: page.ref,
      AP: { N: empty },
    }),
  );
  page.node.addAnnot(widget);
  return widget;
}
