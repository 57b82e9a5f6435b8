import { Screen } from '@tongban/ui';
import { useTranslation } from 'react-i18next';

/** This machine was taken out of service. It takes no new visits; what it holds stays and can be exported. */
export function ClosedScreen() {
  const { t } = useTranslation();
  return (
    <Screen name="closed" heading={t('kiosk:closed.heading')} lead={t('kiosk:closed.lead')}>
      <p className="quiet">{t('terminal:closed.staff')}</p>
    </Screen>
  );
}
