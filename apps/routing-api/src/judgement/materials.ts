import {
  holds,
  isTorn,
  type Material,
  openFile,
  type SealedFile,
  type SealedMaterial,
  type ServiceItem,
  sniff,
  type Values,
} from '@tongban/core';
import { readFileBytes } from '../custody/files.ts';
import type { Centre } from '../http/context.ts';
import type { Fault } from './fault.ts';

/** Largest file that a material may be, in plain bytes. */
const largest = 10 * 1024 * 1024;

/** Opens one file of a submission; `undefined` when it is not here or does not open with its key. */
export async function openSealed(
  centre: Pick<Centre, 'database'>,
  file: SealedFile,
): Promise<Uint8Array | undefined> {
  const ciphertext = await readFileBytes(centre.database, file.address);
  if (ciphertext === undefined) return undefined;
  const opened = await openFile(file, ciphertext);
  return opened.ok ? opened.value : undefined;
}

/** Checks the materials that an item asks of this applicant: whether they are there, and each file by its content. */
export async function examineMaterials(
  centre: Centre,
  item: ServiceItem,
  sealed: readonly SealedMaterial[],
  values: Values,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const material of item.materials) {
    if (!holds(material.when, values)) continue;
    const own = sealed.find((one) => one.material === material.id);
    faults.push(...(await examineMaterial(centre, material, own, values)));
  }
  return faults;
}

async function examineMaterial(
  centre: Centre,
  material: Material,
  sealed: SealedMaterial | undefined,
  values: Values,
): Promise<Fault[]> {
  const about = material.id;
  switch (sealed?.state ?? 'missing') {
    case 'missing':
      return [{ fault: 'material-missing', about }];
    case 'exempt': {
      const { exempt } = material;
      const excused = exempt !== undefined && holds(exempt.when, values);
      return excused ? [] : [{ fault: 'material-not-excused', about }];
    }
    case 'promised': {
      const may = material.weight === 'secondary' && material.gapDays !== undefined;
      return may ? [] : [{ fault: 'material-not-excused', about }];
    }
    case 'provided':
      return examineFiles(centre, material, sealed?.files ?? []);
  }
}

/** Checks the files handed in for one material. */
export async function examineFiles(
  centre: Pick<Centre, 'database'>,
  material: Pick<Material, 'id' | 'maxFiles'>,
  files: readonly SealedFile[],
): Promise<Fault[]> {
  const about = material.id;
  if (files.length === 0) return [{ fault: 'material-missing', about }];
  const faults: Fault[] =
    files.length > material.maxFiles ? [{ fault: 'files-too-many', about }] : [];
  for (const file of files) {
    const bytes = await openSealed(centre, file);
    const fault = bytes === undefined ? 'file-unreadable' : faultOfBytes(bytes);
    if (fault !== undefined) faults.push({ fault, about });
  }
  return faults;
}

/** Judged by content; the claimed type counts for nothing. */
function faultOfBytes(bytes: Uint8Array): Fault['fault'] | undefined {
  if (bytes.length > largest) return 'file-too-large';
  const type = sniff(bytes);
  if (type === undefined) return 'file-wrong-kind';
  return isTorn(bytes, type) ? 'file-torn' : undefined;
}
