import { Mini } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { askToInstall, useInstall } from './install.ts';

/** Offers to put the app on the home screen where the browser can; never a second time after a no. */
export function InstallHint() {
  const { t } = useTranslation();
  const install = useInstall();
  if (install === 'no') return null;
  return (
    <aside className="p-install">
      <p>
        <b>{t('phone:install.heading')}</b>
        <span>{t(install === 'by-hand' ? 'phone:install.byHand' : 'phone:install.lead')}</span>
      </p>
      {install === 'offered' && (
        <Mini onPress={() => void askToInstall()}>{t('phone:install.add')}</Mini>
      )}
    </aside>
  );
}
