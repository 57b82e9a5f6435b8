import { Icon, type IconName } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import type { VisitEvent } from '../visit/machine.ts';
import { useSession } from '../visit/SessionProvider.tsx';

const doors: readonly { name: string; icon: IconName; event: VisitEvent }[] = [
  { name: 'apply', icon: 'document', event: { type: 'choose', way: 'event' } },
  { name: 'ask', icon: 'clock', event: { type: 'ask' } },
  { name: 'resume', icon: 'resume', event: { type: 'resume' } },
];

/** Three doors in the shape of 目. */
export function ElderDoors() {
  const { t } = useTranslation();
  const { visit } = useSession();
  return (
    <nav className="elder-doors" aria-label={t('kiosk:home.doors')}>
      {doors.map(({ name, icon, event }, index) => (
        <div key={name} className="elder-cell">
          <button
            type="button"
            className={index === 0 ? 'elder-door door-first' : 'elder-door'}
            onClick={() => visit.send(event)}
          >
            <span>
              <b>{t(`kiosk:elderDoor.${name}.name`)}</b>
              <small>{t(`kiosk:elderDoor.${name}.note`)}</small>
            </span>
            <Icon name={icon} />
          </button>
        </div>
      ))}
    </nav>
  );
}
