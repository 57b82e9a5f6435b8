import {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  QRCodeReader,
  RGBLuminanceSource,
} from '@zxing/library';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import type { PaperBlock, PaperSpec } from './paper.ts';
import { drawPaper, missingGlyphs, renderPaper } from './render.ts';
import { notoSans, photograph, type Raster, rasterPage, runOnPdf } from './testing/pdfTools.ts';
import { samplePaper } from './testing/samplePaper.ts';

function withText(text: string): PaperSpec {
  return { ...samplePaper, blocks: [{ kind: 'text', text }] };
}

/** Dark pixels in which two pages differ, counted by column of one em of the text, which begins at the left margin. */
function inkByCharacter(page: Raster, blank: Raster, count: number, dpi: number): number[] {
  const scale = dpi / 72;
  const ink = Array.from({ length: count }, () => 0);
  page.grey.forEach((grey, index) => {
    if (Math.abs(grey - (blank.grey[index] ?? 0)) < 96) return;
    const column = Math.floor(((index % page.width) / scale - 62) / 10.5);
    if (column >= 0 && column < count) ink[column] = (ink[column] ?? 0) + 1;
  });
  return ink;
}

const text = (pdf: Uint8Array, page: number) =>
  runOnPdf(pdf, 'pdftotext', '-f', `${page}`, '-l', `${page}`, '-layout', '{pdf}', '-');

test('the embedded subset shows the same pixels as the whole font', async () => {
  const subset = await drawPaper(samplePaper, notoSans, 'subset');
  const whole = await drawPaper(samplePaper, notoSans, 'whole');
  expect(subset.pages).toBe(whole.pages);
  expect(subset.pdf.length).toBeLessThan(whole.pdf.length / 20);
  for (let page = 1; page <= subset.pages; page++) {
    expect(rasterPage(subset.pdf, page, 144)).toEqual(rasterPage(whole.pdf, page, 144));
  }
});

test('every character leaves ink, common or rare', async () => {
  const drawn = '澜州市居民生育登记与社会保障卡申领丁小禾林知夏鑫龘靐氹圳垚赟翀犇𠅤𪨰镕㛃䶮';
  const count = Array.from(drawn).length;
  expect(missingGlyphs(withText(drawn), notoSans)).toEqual([]);
  const paper = await renderPaper(withText(drawn), notoSans);
  const blank = await renderPaper(withText('　'.repeat(count)), notoSans);
  const ink = inkByCharacter(
    rasterPage(paper.pdf, 1, 200),
    rasterPage(blank.pdf, 1, 200),
    count,
    200,
  );
  expect(Math.min(...ink)).toBeGreaterThan(40);
});

test('a character without a glyph is named before signing and drawn as its code point', async () => {
  const spec = withText('𠮷田花\u200b子ئۇ');
  const missing = missingGlyphs(spec, notoSans);
  expect(missing).toEqual([
    { char: '𠮷', codePoint: 'U+20BB7' },
    { char: '\u200b', codePoint: 'U+200B' },
    { char: 'ئ', codePoint: 'U+0626' },
    { char: 'ۇ', codePoint: 'U+06C7' },
  ]);
  const paper = await renderPaper(spec, notoSans);
  expect(paper.drawnAsCodePoint).toEqual(missing.map((glyph) => glyph.char));
  const blank = await renderPaper(withText('　'.repeat(7)), notoSans);
  const ink = inkByCharacter(rasterPage(paper.pdf, 1, 200), rasterPage(blank.pdf, 1, 200), 7, 200);
  expect(Math.min(...ink)).toBeGreaterThan(40);
  expect(text(paper.pdf, 1)).toMatch(/20B[\s\S]*B7/);
});

test('the same spec gives the same bytes', async () => {
  const first = await renderPaper(samplePaper, notoSans);
  const second = await renderPaper(samplePaper, notoSans);
  expect(second.pdf).toEqual(first.pdf);
});

test('qpdf finds no fault; title, language and number are in the file', async () => {
  const { pdf } = await renderPaper(samplePaper, notoSans);
  expect(runOnPdf(pdf, 'qpdf', '--check', '{pdf}')).toContain(
    'No syntax or stream encoding errors',
  );
  expect(runOnPdf(pdf, 'pdfinfo', '{pdf}')).toMatch(/Title: +新生儿出生「一件事」申请表/);
  const catalogue = JSON.parse(runOnPdf(pdf, 'qpdf', '--json=1', '--json-key=objects', '{pdf}'));
  const said = JSON.stringify(catalogue);
  expect(said).toContain('"/Lang":"zh-CN"');
  expect(said).toContain('"/DisplayDocTitle":true');
});

test('every page carries its number, their count and the case number', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({
    label: `第${i}项`,
    value: '有',
    wide: true,
  }));
  const spec: PaperSpec = { ...samplePaper, blocks: [{ kind: 'table', columns: 2, rows }] };
  const { pdf, pages } = await renderPaper(spec, notoSans);
  expect(pages).toBe(3);
  for (let page = 1; page <= pages; page++) {
    const said = text(pdf, page);
    expect(said).toContain(samplePaper.caseNumber);
    expect(said.replaceAll(/\s/g, '')).toContain(`第${page}页共3页`);
  }
});

test('a row is never split over pages', async () => {
  const filling = '以下内容由申请人本人填写并核对，用来看清一行不会分在两页上。'.repeat(4);
  const rows = Array.from({ length: 24 }, (_, i) => ({
    label: `第${i}项`,
    value: `起${i}号${filling}止${i}号`,
  }));
  const { pdf, pages } = await renderPaper(
    { ...samplePaper, blocks: [{ kind: 'table', columns: 1, rows }] },
    notoSans,
  );
  expect(pages).toBeGreaterThan(2);
  const said = Array.from({ length: pages }, (_, i) => text(pdf, i + 1).replaceAll(/\s/g, ''));
  for (let i = 0; i < rows.length; i++) {
    const begins = said.findIndex((page) => page.includes(`起${i}号`));
    expect(begins).toBeGreaterThanOrEqual(0);
    expect(said[begins]).toContain(`止${i}号`);
  }
});

test('a row taller than a page goes on with all its lines, and its label says so', async () => {
  const value = Array.from({ length: 120 }, (_, i) => `第${i}条`).join('\n');
  const blocks: PaperBlock[] = [
    { kind: 'table', columns: 1, rows: [{ label: '情况说明', value }] },
  ];
  const { pdf, pages } = await renderPaper({ ...samplePaper, blocks }, notoSans);
  expect(pages).toBeGreaterThan(2);
  const said = Array.from({ length: pages }, (_, i) => text(pdf, i + 1)).join('');
  for (let i = 0; i < 120; i++) expect(said).toContain(`第${i}条`);
  expect(said).toContain('（续）');
});

test('what is declared stays on the page of the line to sign on', async () => {
  for (let count = 1; count < 40; count++) {
    const rows = Array.from({ length: count }, (_, i) => ({ label: `第${i}项`, value: '有' }));
    const blocks: PaperBlock[] = [
      { kind: 'table', columns: 1, rows },
      { kind: 'text', heading: '声明', text: '以上内容属实。' },
    ];
    const { pdf, pages } = await renderPaper({ ...samplePaper, blocks }, notoSans);
    const last = text(pdf, pages);
    expect(last).toContain('以上内容属实');
    expect(last).toContain('申请人签名');
  }
});

test('nobody signs on a page of its own, whatever stands before', async () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ name: `第${i}份`, state: '原件' }));
  for (let count = 1; count < 40; count++) {
    const blocks: PaperBlock[] = [{ kind: 'list', heading: '申请材料', items: items(count) }];
    const { pdf, pages } = await renderPaper({ ...samplePaper, blocks }, notoSans);
    const last = text(pdf, pages);
    expect(last).toContain('申请人签名');
    expect(last).toContain(`第${count - 1}份`);
  }
});

test('the QR code reads back', async () => {
  const { pdf } = await renderPaper(samplePaper, notoSans);
  const page = rasterPage(pdf, 1, 200);
  const source = new RGBLuminanceSource(new Uint8ClampedArray(page.grey), page.width, page.height);
  const read = new QRCodeReader().decode(
    new BinaryBitmap(new HybridBinarizer(source)),
    new Map([[DecodeHintType.TRY_HARDER, true]]),
  );
  expect(read.getBarcodeFormat()).toBe(BarcodeFormat.QR_CODE);
  expect(read.getText()).toBe(samplePaper.qr);
});

test('photographs keep their shape and stand under their heading', async () => {
  const jpeg = photograph((await renderPaper(samplePaper, notoSans)).pdf);
  const blocks: PaperBlock[] = [1, 2, 3].map((n) => ({
    kind: 'image',
    heading: `材料照片 ${n}`,
    jpeg,
  }));
  const { pdf, pages } = await renderPaper({ ...samplePaper, blocks }, notoSans);
  expect(pages).toBe(2);
  expect(text(pdf, 1)).toContain('材料照片 2');
  expect(text(pdf, 2)).toContain('材料照片 3');
  const images = runOnPdf(pdf, 'pdfimages', '-list', '{pdf}').trim().split('\n').slice(2);
  expect(images).toHaveLength(3);
  for (const image of images) {
    const [, , , , , , , , , , , , xPpi, yPpi] = image.trim().split(/\s+/);
    expect(xPpi).toBe(yPpi);
  }
});

test('all signature fields exist before anyone signs', async () => {
  const signatures = ['applicant', 'guardian', 'agency'].map((name) => ({ name, label: '签名' }));
  const { pdf } = await renderPaper({ ...samplePaper, signatures }, notoSans);
  const fields = (await PDFDocument.load(pdf)).getForm().getFields();
  expect(fields.map((field) => field.getName())).toEqual(['applicant', 'guardian', 'agency']);
});

test('a malformed date is a bug and stops', async () => {
  await expect(renderPaper({ ...samplePaper, date: '23.11.2026' }, notoSans)).rejects.toThrow(
    'YYYY-MM-DD',
  );
});
