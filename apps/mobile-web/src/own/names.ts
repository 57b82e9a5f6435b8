import type { Catalogue, LocalText, Target } from '@tongban/core';

/** What an application is called; the id itself where this catalogue does not know it. */
export function nameOf(catalogue: Catalogue, id: string): LocalText {
  const found =
    catalogue.bundles.find((bundle) => bundle.id === id) ??
    catalogue.items.find((item) => item.id === id);
  return found?.name ?? { 'zh-CN': id, en: id };
}

export function targetName(catalogue: Catalogue, target: Target): LocalText {
  return nameOf(catalogue, target.id);
}

export function departmentName(catalogue: Catalogue, id: string): LocalText {
  const found = catalogue.departments.find((department) => department.id === id);
  return found?.short ?? { 'zh-CN': id, en: id };
}

/** Any item's material of this id: materials of one id are one material. */
export function materialName(catalogue: Catalogue, id: string): LocalText {
  for (const item of catalogue.items) {
    const found = item.materials.find((material) => material.id === id);
    if (found !== undefined) return found.name;
  }
  return { 'zh-CN': id, en: id };
}

export function reasonText(catalogue: Catalogue, id: string): LocalText {
  const found = catalogue.reasons.find((reason) => reason.id === id);
  return found?.text ?? { 'zh-CN': id, en: id };
}
