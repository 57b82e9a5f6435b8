import { languages } from '@tongban/core';
import {
  Choice,
  languageNames,
  OwnHealth,
  Screen,
  type Theme,
  themes,
  useSurroundings,
} from '@tongban/ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';
import { NewVersion } from '../install/NewVersion.tsx';
import { back } from '../route/useRoute.ts';

/** Language, print, colours, and what this browser keeps. They stay on this phone. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const { language, elder, theme, change } = useSurroundings();
  return (
    <Screen name="settings" heading={t('phone:settings.heading')} onBack={back}>
      <div className="p-settings">
        <Choice
          legend={t('phone:settings.language')}
          value={language}
          options={languages.map((each) => ({ value: each, label: languageNames[each] }))}
          onChoose={(value) =>
            void change({ language: languages.find((each) => each === value) ?? 'zh-CN' })
          }
        />
        <Choice
          legend={t('phone:settings.print')}
          value={elder ? 'large' : 'plain'}
          options={['plain', 'large'].map((value) => ({
            value,
            label: t(`phone:settings.prints.${value}`),
          }))}
          onChoose={(value) => void change({ elder: value === 'large' })}
        />
        <Choice
          legend={t('phone:settings.theme')}
          value={theme}
          options={themes.map((value) => ({ value, label: t(`phone:settings.themes.${value}`) }))}
          onChoose={(value) => void change({ theme: value as Theme })}
        />
        <Kept />
        <ThisPhone />
        <NewVersion />
        <p className="quiet">{t('phone:settings.version', { version: __APP_VERSION__ })}</p>
      </div>
    </Screen>
  );
}

/** What lies here and how far it has come, for whoever helps with this phone. */
function ThisPhone() {
  const { t } = useTranslation();
  const { device } = usePhone();
  return (
    <section>
      <h2 className="p-sec">{t('phone:settings.standing')}</h2>
      <OwnHealth device={device} />
    </section>
  );
}

/** Whether the browser promised not to clear away what lies here. */
function Kept() {
  const { t } = useTranslation();
  const [kept, setKept] = useState<boolean>();
  useEffect(() => {
    void navigator.storage.persisted().then(setKept);
  }, []);
  if (kept === undefined) return null;
  return (
    <section>
      <h2 className="p-sec">{t('phone:settings.kept')}</h2>
      <p>{t(kept ? 'phone:settings.keptYes' : 'phone:settings.keptNo')}</p>
    </section>
  );
}
