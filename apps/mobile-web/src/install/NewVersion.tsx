import { Second } from '@tongban/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { takeNewVersion, useNewVersion } from './worker.ts';

/** A new version lies ready. It takes over by itself once nobody looks, or now if one wishes. */
export function NewVersion() {
  const { t } = useTranslation();
  const [elsewhere, setElsewhere] = useState(false);
  if (!useNewVersion()) return null;
  return (
    <section>
      <h2 className="p-sec">{t('phone:settings.newVersion')}</h2>
      <p>{t('phone:settings.newVersionLead')}</p>
      {elsewhere && (
        <p className="p-warn" role="alert">
          {t('phone:settings.newVersionElsewhere')}
        </p>
      )}
      <Second
        icon="resume"
        onPress={() => void takeNewVersion().then((taken) => setElsewhere(!taken))}
      >
        {t('phone:settings.newVersionNow')}
      </Second>
    </section>
  );
}
