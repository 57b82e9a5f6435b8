import type {
  ApplicationManifest,
  Catalogue,
  SealedFile,
  SealedMaterial,
  ServiceItem,
  SupplementManifest,
} from '@tongban/core';
import type { Reply } from '@tongban/sync/protocol';
import type { Database } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import { readArrived } from '../judgement/arrived.ts';
import type { CaseRecord } from './record.ts';

/** Everything that was handed in for one case: its application, and what came after supplement notices. */
export interface Dossier {
  readonly catalogue: Catalogue;
  /** `undefined` for a case that no item fits. */
  readonly item: ServiceItem | undefined;
  readonly application: ApplicationManifest | undefined;
  /** The latest of each material. */
  readonly materials: readonly SealedMaterial[];
  /** What the applicant said to notices, oldest first. */
  readonly replies: readonly Reply[];
}

/**
 * Opens the envelopes of a case. They are read anew each time: the database keeps nothing of them in clear. Within a
 * transaction `database` is that transaction: one that waited for a second connection could wait for ever.
 */
export async function openDossier(
  centre: Centre,
  record: CaseRecord,
  database: Pick<Database, 'query'> = centre.database,
): Promise<Dossier> {
  const { rows } = await database.query<{ submission_id: string }>(
    `select x.submission_id from case_envelopes x join envelopes e using (submission_id)
     where x.case_number = $1 order by e.received_at, e.submission_id`,
    [record.caseNumber],
  );
  const catalogue = (await centre.catalogueOf(record.catalogueVersion)) ?? centre.catalogue;
  let application: ApplicationManifest | undefined;
  const supplements: SupplementManifest[] = [];
  for (const { submission_id: id } of rows) {
    const manifest = (await readArrived(centre, database, id))?.manifest;
    if (manifest?.kind === 'application') application = manifest;
    if (manifest?.kind === 'supplement') supplements.push(manifest);
  }
  const materials = new Map((application?.materials ?? []).map((one) => [one.material, one]));
  for (const supplement of supplements) {
    for (const one of supplement.materials)
      if (one.state === 'provided') materials.set(one.material, one);
  }
  return {
    catalogue,
    item: catalogue.items.find(({ id }) => id === record.status.item),
    application,
    materials: [...materials.values()],
    replies: supplements.flatMap(({ sealedAt: at, text }) =>
      text === undefined ? [] : [{ at, text }],
    ),
  };
}

/** A file of the case that its item names, by address: a material or a paper. */
export function fileOf(dossier: Dossier, address: string): SealedFile | undefined {
  const own = new Set(dossier.item?.materials.map(({ id }) => id));
  const files = dossier.materials
    .filter(({ material }) => own.has(material))
    .flatMap((one) => one.files);
  const papers = (dossier.application?.papers ?? []).filter(
    (paper) => paper.item === dossier.item?.id,
  );
  return [...files, ...papers.map((paper) => paper.file)].find((file) => file.address === address);
}
