import { Icon, type IconName } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { Link } from '../route/Link.tsx';
import type { Route } from '../route/route.ts';

const tabs: readonly { readonly icon: IconName; readonly key: string; readonly route: Route }[] = [
  { icon: 'home', key: 'phone:tab.do', route: { at: 'choose', by: 'event' } },
  { icon: 'document', key: 'phone:tab.mine', route: { at: 'home' } },
  { icon: 'code', key: 'phone:tab.scan', route: { at: 'scan' } },
  { icon: 'person', key: 'phone:tab.help', route: { at: 'help' } },
];

/** The four places, within a thumb's reach; in a wide window they stand at the side. */
export function Tabs({ now }: { readonly now: Route['at'] }) {
  const { t } = useTranslation();
  return (
    <nav className="p-tabs" aria-label={t('phone:tab.label')}>
      {tabs.map(({ icon, key, route }) => (
        <Link key={key} to={route} current={route.at === now}>
          <Icon name={icon} />
          <span>{t(key)}</span>
        </Link>
      ))}
    </nav>
  );
}
