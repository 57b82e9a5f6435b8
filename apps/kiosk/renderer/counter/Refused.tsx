import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** This browser keeps nothing for us: a private window, or storage switched off. Nothing could be filed safely. */
export function Refused({ why }: { readonly why: 'storage-refused' }): ReactNode {
  const { t } = useTranslation('staff');
  return (
    <main className="st-alone" data-screen="refused">
      <div className="st-signin">
        <h1>{t('fault.title')}</h1>
        <p role="alert">{t(`fault.${why}`)}</p>
      </div>
    </main>
  );
}
