import type { PaperSpec } from '../../document/paper.ts';
import { renderPaper } from '../../document/render.ts';
import { notoSans } from '../../document/testing/pdfTools.ts';
import { samplePaper } from '../../document/testing/samplePaper.ts';
import type { Appearance } from '../appearance.ts';
import { signPdf } from '../signPdf.ts';
import { type Centre, noon } from './people.ts';

/** A short paper with three places to sign. */
export const shortPaper: PaperSpec = {
  ...samplePaper,
  blocks: [{ kind: 'text', text: '以上内容属实。' }],
  signatures: [
    { name: 'applicant', label: '申请人签名' },
    { name: 'witness', label: '监护人签名' },
    { name: 'agency', label: '受理部门' },
  ],
};

export async function unsigned(spec: PaperSpec = shortPaper): Promise<Uint8Array> {
  return (await renderPaper(spec, notoSans)).pdf;
}

/** 丁, drawn with a pen that feels pressure. */
export const drawn: Appearance = {
  kind: 'drawn',
  strokes: [
    Array.from({ length: 24 }, (_, i) => ({
      x: 24 + 5 * i,
      y: 66 - i * 0.7,
      t: 16 * i,
      pressure: 0.3 + i / 60,
    })),
    Array.from({ length: 24 }, (_, i) => ({
      x: 86 + 8 * Math.sin(i / 8),
      y: 58 + 5 * i,
      t: 600 + 16 * i,
      pressure: 0.6,
    })),
  ],
};

export async function signedByCitizen(centre: Centre, pdf: Uint8Array): Promise<Uint8Array> {
  const signer = await centre.citizen('丁小禾', pdf);
  return signPdf(pdf, signer, {
    field: 'applicant',
    appearance: drawn,
    signedAt: noon,
    name: '丁小禾',
    reason: '申请',
  });
}

/** A citizen of the hall, a second person on a phone, and the department, one after another. */
export async function signedByThree(centre: Centre): Promise<Uint8Array> {
  const first = await signedByCitizen(centre, await unsigned());
  const second = await signPdf(first, await centre.citizen('林远舟', first), {
    field: 'witness',
    appearance: { kind: 'typed', text: '林远舟', fonts: notoSans },
    signedAt: noon,
    name: '林远舟',
  });
  return signPdf(second, centre.seal, {
    field: 'agency',
    appearance: { kind: 'typed', text: '南湖分局', fonts: notoSans },
    signedAt: noon,
    name: '澜州市公安局南湖分局',
  });
}
