import { beforeEach, expect, it } from 'vitest';
import type { FileAddress } from '../ids.ts';
import { openFile } from '../seal/file.ts';
import type { SupplementManifest } from '../seal/manifest.ts';
import { open } from '../seal/seal.ts';
import { blankJpeg, blankPdf } from '../testing/files.ts';
import { answerSupplement, rate } from './followUp.ts';
import { receiptSecretHash } from './manifest.ts';
import { type Stage, stage } from './testing/stage.ts';

let here: Stage;
beforeEach(async () => {
  here = await stage();
});

const about = {
  receipt: { number: '320199320261123ABCDEFGHJKMN0', secret: 'AAAAAAAAAAAAAAAAAAAAAA' },
  caseNumber: '320199320261123NMKJHGFEDCBA0',
  language: 'zh-CN',
} as const;

const answer = (...files: Parameters<typeof answerSupplement>[1]) =>
  answerSupplement(about, files, here.ports);

it('reaches the centre with every file, under the case and the receipt that it answers', async () => {
  const answered = await answer(
    { material: 'father-id', bytes: blankJpeg, readings: { name: '林远舟' } },
    { material: 'father-id', bytes: blankJpeg },
    { material: 'home-proof', bytes: blankPdf },
  );
  expect(answered.ok).toBe(true);
  const [entry] = [...here.disk.envelopes.values()];
  const opened = await open(entry!.envelope, here.centre.keyFor);
  if (!opened.ok) throw new Error(opened.error);
  const manifest = opened.value.manifest as SupplementManifest;
  expect(manifest).toMatchObject({
    kind: 'supplement',
    submissionId: answered.ok && answered.value,
    caseNumber: about.caseNumber,
    receiptNumber: about.receipt.number,
    receiptSecretHash: await receiptSecretHash(about.receipt.secret),
    evidence: [],
  });
  expect(manifest.materials.map(({ material, files }) => [material, files.length])).toEqual([
    ['father-id', 2],
    ['home-proof', 1],
  ]);
  expect(manifest.materials[0]?.readings).toEqual({ name: '林远舟' });
  for (const file of manifest.materials.flatMap(({ files }) => files)) {
    const ciphertext = entry!.files.get(file.address as FileAddress);
    expect((await openFile(file, ciphertext!)).ok).toBe(true);
  }
});

it('a notice of words alone is answered in words alone', async () => {
  const answered = await answerSupplement({ ...about, text: ' 孩子随母亲住。 ' }, [], here.ports);
  expect(answered.ok).toBe(true);
  const [entry] = [...here.disk.envelopes.values()];
  const opened = await open(entry!.envelope, here.centre.keyFor);
  if (!opened.ok) throw new Error(opened.error);
  expect(opened.value.manifest).toMatchObject({ materials: [], text: '孩子随母亲住。' });
  expect(await answerSupplement({ ...about, text: ' ' }, [], here.ports)).toEqual({
    ok: false,
    error: 'nothing',
  });
});

it.each([
  ['nothing', []],
  ['wrong-kind', [{ material: 'father-id', bytes: new TextEncoder().encode('hello') }]],
  ['torn', [{ material: 'father-id', bytes: blankJpeg.slice(0, -9) }]],
  ['too-large', [{ material: 'father-id', bytes: new Uint8Array(10 * 1024 * 1024 + 1) }]],
] as const)('%s is refused, and nothing is left on the disk', async (reason, files) => {
  expect(await answer(...files)).toEqual({ ok: false, error: reason });
  expect(here.disk.envelopes.size).toBe(0);
});

it('a phone that never met the centre says so', async () => {
  const ports = { ...here.ports, centreKey: async () => undefined };
  const files = [{ material: 'father-id', bytes: blankJpeg }];
  expect(await answerSupplement(about, files, ports)).toEqual({
    ok: false,
    error: 'centre-unknown',
  });
});

it('a rating reaches the centre under its receipt, and tells nothing else', async () => {
  const { caseNumber: _, ...whose } = about;
  expect((await rate({ ...whose, level: 'very-good' }, here.ports)).ok).toBe(true);
  const [entry] = [...here.disk.envelopes.values()];
  const opened = await open(entry!.envelope, here.centre.keyFor);
  if (!opened.ok) throw new Error(opened.error);
  expect(opened.value.manifest).toMatchObject({ kind: 'rating', level: 'very-good' });
  expect(opened.value.manifest).not.toHaveProperty('comment');
  expect(entry?.envelope.files).toEqual([]);
});
