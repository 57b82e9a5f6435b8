import type { Catalogue, Language } from '@tongban/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Names, namesOf } from './names.ts';

/** The catalogue's names in the language of the page. */
export function useNames(catalogue: Catalogue): Names {
  const { t, i18n } = useTranslation();
  const language = i18n.language as Language;
  const yes = t('common:yes');
  const no = t('common:no');
  return useMemo(() => namesOf(catalogue, language, { yes, no }), [catalogue, language, yes, no]);
}
