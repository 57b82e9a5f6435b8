import fontUrl from '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf?url';
import { expect, test } from 'vitest';
import { missingGlyphs, renderPaper } from '../document/index.ts';
import { samplePaper } from '../document/testing/samplePaper.ts';
import { signPdf, verifyPdf } from './index.ts';
import { clock, noon, openCentre } from './testing/people.ts';

test('a paper is made, signed and verified in a browser', async () => {
  const font = await fetch(fontUrl);
  const fonts = { regular: new Uint8Array(await font.arrayBuffer()) };
  expect(missingGlyphs(samplePaper, fonts)).toEqual([]);
  const { pdf } = await renderPaper(samplePaper, fonts);
  const centre = await openCentre();
  const signed = await signPdf(pdf, await centre.citizen('丁小禾', pdf), {
    field: 'applicant',
    appearance: { kind: 'typed', text: '丁小禾', fonts },
    signedAt: clock.now(),
    name: '丁小禾',
  });
  const verdict = await verifyPdf(signed, centre.trust);
  expect(verdict).toMatchObject({ holds: true, problems: [] });
  expect(verdict.signatures[0]?.signedAt).toBe(noon.toISOString());
});
