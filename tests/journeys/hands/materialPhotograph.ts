import { demonstrationIssuer } from '@tongban/catalogue/demonstration';
import { issueCredential } from '@tongban/core';
import { renderPaper } from '@tongban/core/document';
import { drawn, photographed } from '@tongban/core/testing/codes';
import { notoSans, type Raster, rasterPage } from '@tongban/core/testing/papers';
import jpeg from 'jpeg-js';

/** A page that a person brings along: what stands on it, and what its code says. */
export interface BroughtPage {
  readonly title: string;
  readonly lines: Readonly<Record<string, string>>;
  /** Id of the material, and the attributes that its issuer has signed. */
  readonly code: { readonly kind: string; readonly attributes: Readonly<Record<string, string>> };
}

/**
 * A photograph (JPEG) of a printed page with text and a code, signed by the demonstration issuer: taken by hand, so a
 * little turned, unevenly lit and noisy.
 */
export async function photographOf({ title, lines, code }: BroughtPage): Promise<Buffer> {
  const { pdf } = await renderPaper(
    {
      id: code.kind,
      title,
      language: 'zh-CN',
      caseNumber: 'LZ-2026-0301',
      date: '2026-03-01',
      blocks: [
        {
          kind: 'table',
          columns: 1,
          rows: Object.entries(lines).map(([label, value]) => ({ label, value })),
        },
      ],
      signatures: [],
    },
    notoSans,
  );
  const issuedAt = new Date(Date.now() - 60_000);
  const issued = await issueCredential(demonstrationIssuer, code, issuedAt, 30);
  const page = rasterPage(pdf, 1, 120);
  stick(await drawn('qr', issued, 4), page);
  const taken = photographed({ ...page, data: page.grey }, { degrees: 1, noise: 14 });
  const rgba = Buffer.alloc(taken.data.length * 4, 255);
  taken.data.forEach((value, at) => {
    rgba.fill(value, at * 4, at * 4 + 3);
  });
  return jpeg.encode({ data: rgba, width: taken.width, height: taken.height }, 85).data;
}

/** Lays `code` on the middle of `page`, as the issuer's label lies below the text. */
function stick(code: Awaited<ReturnType<typeof drawn>>, page: Raster): void {
  const left = (page.width - code.width) >> 1;
  const top = (page.height - code.height) >> 1;
  for (let row = 0; row < code.height; row += 1) {
    const line = code.data.subarray(row * code.width, (row + 1) * code.width);
    page.grey.set(line, (top + row) * page.width + left);
  }
}
