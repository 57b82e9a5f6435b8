import { eventsWithTargets, targetsOf } from '@tongban/core';
import { Icon, Local } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useSession } from '../visit/SessionProvider.tsx';

/** Rows that the home has room for. */
const shown = 6;

/** What happens in a life, each with what can be done about it at once. */
export function LifeEvents() {
  const { t } = useTranslation();
  const { terminal, visit } = useSession();
  const catalogue = terminal.device.catalogue();
  const events = eventsWithTargets(catalogue).slice(0, shown);
  return (
    <section className="life">
      <div className="life-head">
        <h2>{t('kiosk:home.events')}</h2>
        <button
          type="button"
          className="life-all"
          onClick={() => visit.send({ type: 'choose', way: 'department' })}
        >
          {t('kiosk:home.all', { count: targetsOf(catalogue).length })}
          <Icon name="more" />
        </button>
      </div>
      <ul className="life-events">
        {events.map(({ event, items }) => (
          <li key={event.id}>
            <button
              type="button"
              onClick={() => visit.send({ type: 'choose', way: 'event', within: event.id })}
            >
              <Local text={event.name} />
              <span>{t('kiosk:home.items', { count: items })}</span>
              <Icon name="more" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
