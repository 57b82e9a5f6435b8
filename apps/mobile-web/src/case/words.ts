import type { Catalogue, LocalText } from '@tongban/core';
import type { TFunction } from 'i18next';
import { materialName } from '../own/names.ts';
import type { Asked } from '../own/stage.ts';

/** The materials that are asked for, in one line. */
export function materialsToShow(
  asked: Asked,
  catalogue: Catalogue,
  local: (text: LocalText) => string,
  t: TFunction,
): string {
  return asked.materials.map((id) => local(materialName(catalogue, id))).join(t('phone:and'));
}
