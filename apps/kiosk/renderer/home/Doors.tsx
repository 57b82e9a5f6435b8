import { Icon, type IconName } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import type { VisitEvent } from '../visit/machine.ts';
import { useSession } from '../visit/SessionProvider.tsx';

const doors: readonly { name: string; icon: IconName; event: VisitEvent }[] = [
  { name: 'apply', icon: 'document', event: { type: 'choose', way: 'event' } },
  { name: 'resume', icon: 'resume', event: { type: 'resume' } },
  { name: 'ask', icon: 'clock', event: { type: 'ask' } },
  { name: 'print', icon: 'printer', event: { type: 'print' } },
];

/** Four doors in the shape of 田. */
export function Doors() {
  const { t } = useTranslation();
  const { visit } = useSession();
  return (
    <nav className="doors" aria-label={t('kiosk:home.doors')}>
      {doors.map(({ name, icon, event }, index) => (
        <button
          key={name}
          type="button"
          className={index === 0 ? 'door door-first' : 'door'}
          onClick={() => visit.send(event)}
        >
          <Icon name={icon} />
          <b>{t(`kiosk:door.${name}.name`)}</b>
          <span>{t(`kiosk:door.${name}.note`)}</span>
        </button>
      ))}
    </nav>
  );
}
