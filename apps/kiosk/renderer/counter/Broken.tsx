import { Act } from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Something that should not have happened: what was begun is on this machine, and there again on the page's next start. */
export function Broken(): ReactNode {
  const { t } = useTranslation();
  return (
    <main className="st-alone" data-screen="broken">
      <div className="st-signin">
        <h1>{t('common:broken.heading')}</h1>
        <p role="alert">{t('common:broken.lead')}</p>
        <Act name={t('common:broken.again')} tone="primary" onPress={() => location.reload()} />
      </div>
    </main>
  );
}
