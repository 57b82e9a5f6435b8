import { useTranslation } from 'react-i18next';

/** While keys and stores are destroyed. It stands for a moment and names nobody. */
export function EndingScreen() {
  const { t } = useTranslation();
  return (
    <div className="opening" data-screen="ending" role="status" aria-busy="true">
      {t('kiosk:ending')}
    </div>
  );
}
