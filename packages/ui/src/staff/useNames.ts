import type { Catalogue, Language } from '@tongban/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Names, namesOf } from './names.ts';

/** The catalogue's names in the language of the page. */
export function useNames(catalogue: Catalogue): Names {
  const { t, i18n } = useTranslation();
  return useMemo(
    () => namesOf(catalogue, i18n.language as Language, t),
    [catalogue, i18n.language, t],
  );
}
