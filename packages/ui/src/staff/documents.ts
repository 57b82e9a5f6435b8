import type { CaseDetail } from '@tongban/sync/protocol';
import type { Names } from './names.ts';
import type { StaffText } from './words.ts';

/** A paper or a file of a material, as it can be opened. */
export interface StaffDocument {
  readonly address: string;
  readonly title: string;
  /** Present for a paper: whether its signature holds, and if not, why. */
  readonly verdict?: { readonly holds: boolean; readonly reasons: readonly string[] };
}

/** Everything of a case that can be opened: the signed papers first, then the materials' files. */
export function documentsOf(detail: CaseDetail, names: Names, t: StaffText): StaffDocument[] {
  const papers = detail.papers.map((one) => ({
    address: one.address,
    title: t(`paper.${one.paper}`),
    verdict: { holds: one.holds, reasons: one.reasons },
  }));
  const files = detail.materials.flatMap((material) =>
    material.files.map((file, at) => ({
      address: file.address,
      title:
        material.files.length === 1
          ? names.material(material.material)
          : t('viewer.part', {
              name: names.material(material.material),
              part: at + 1,
              of: material.files.length,
            }),
    })),
  );
  return [...papers, ...files];
}
