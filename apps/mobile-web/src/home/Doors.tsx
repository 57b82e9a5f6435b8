import { useTranslation } from 'react-i18next';
import { DoorRow, Section } from '../frame/TabScreen.tsx';

/** The ways in: something new, by whichever way it is looked for, and where something stands. */
export function Doors() {
  const { t } = useTranslation();
  return (
    <Section heading={t('phone:doors.heading')}>
      <ul className="p-doors">
        <DoorRow
          icon="person"
          name={t('phone:doors.event')}
          note={t('phone:doors.eventNote')}
          route={{ at: 'choose', by: 'event' }}
        />
        <DoorRow
          icon="building"
          name={t('phone:doors.department')}
          note={t('phone:doors.departmentNote')}
          route={{ at: 'choose', by: 'department' }}
        />
        <DoorRow
          icon="search"
          name={t('phone:doors.search')}
          note={t('phone:doors.searchNote')}
          route={{ at: 'choose', by: 'search' }}
        />
        <DoorRow
          icon="clock"
          name={t('phone:doors.ask')}
          note={t('phone:doors.askNote')}
          route={{ at: 'ask' }}
        />
      </ul>
    </Section>
  );
}
