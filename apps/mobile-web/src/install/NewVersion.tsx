import { Second } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { takeNewVersion, useNewVersion } from './worker.ts';

/** A new version lies ready. It takes over by itself once every window was closed, or now if one wishes. */
export function NewVersion() {
  const { t } = useTranslation();
  if (!useNewVersion()) return null;
  return (
    <section>
      <h2 className="p-sec">{t('phone:settings.newVersion')}</h2>
      <p>{t('phone:settings.newVersionLead')}</p>
      <Second icon="resume" onPress={takeNewVersion}>
        {t('phone:settings.newVersionNow')}
      </Second>
    </section>
  );
}
