import {
  departmentsUnder,
  eventsWithTargets,
  searchCatalogue,
  type TargetEntry,
  targetsOf,
} from '@tongban/core';
import { Icon, useLocal, useSurroundings } from '@tongban/ui';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../device/useCatalogue.ts';
import { DoorRow, Section, TabScreen } from '../frame/TabScreen.tsx';
import { departmentName } from '../own/names.ts';
import { Link } from '../route/Link.tsx';
import { type Door, doors } from '../route/route.ts';

/** What can be applied for: by life event, by department, or by one's own words. */
export function ChooseScreen({ by, id }: { readonly by: Door; readonly id: string | undefined }) {
  const { t } = useTranslation();
  return (
    <TabScreen name="choose" tab="choose" heading={t('phone:choose.heading')}>
      <nav className="p-ways" aria-label={t('phone:choose.ways')}>
        {doors.map((door) => (
          <Link key={door} to={{ at: 'choose', by: door }} current={door === by}>
            {t(`phone:choose.by.${door}`)}
          </Link>
        ))}
      </nav>
      {by === 'search' ? (
        <Search />
      ) : id === undefined ? (
        <Groups by={by} />
      ) : (
        <Group by={by} id={id} />
      )}
    </TabScreen>
  );
}

function Groups({ by }: { readonly by: 'event' | 'department' }) {
  const { t } = useTranslation();
  const local = useLocal();
  const catalogue = useCatalogue();
  const groups =
    by === 'event'
      ? eventsWithTargets(catalogue).map(({ event, items }) => ({ ...event, items }))
      : catalogue.departments
          .filter(({ parent }) => parent === undefined)
          .map((department) => ({
            id: department.id,
            name: department.name,
            items: catalogue.items.filter((item) =>
              departmentsUnder(catalogue, department.id).includes(item.department),
            ).length,
          }))
          .filter(({ items }) => items > 0);
  return (
    <Section heading={t(`phone:choose.group.${by}`)}>
      <ul className="p-doors">
        {groups.map(({ id, name, items }) => (
          <DoorRow
            key={id}
            name={local(name)}
            note={t('phone:choose.items', { count: items })}
            route={{ at: 'choose', by, id }}
          />
        ))}
      </ul>
    </Section>
  );
}

function Group({ by, id }: { readonly by: 'event' | 'department'; readonly id: string }) {
  const local = useLocal();
  const catalogue = useCatalogue();
  const name =
    by === 'event'
      ? catalogue.events.find((event) => event.id === id)?.name
      : catalogue.departments.find((department) => department.id === id)?.name;
  return (
    <Section heading={name === undefined ? id : local(name)}>
      <Entries entries={targetsOf(catalogue, { [by]: id })} />
    </Section>
  );
}

function Search() {
  const { t } = useTranslation();
  const { language } = useSurroundings();
  const catalogue = useCatalogue();
  const [text, setText] = useState('');
  const input = useId();
  const found = searchCatalogue(catalogue, text, language);
  return (
    <>
      <div className="p-search">
        <label htmlFor={input}>{t('phone:choose.searchLabel')}</label>
        <span>
          <Icon name="search" />
          <input
            id={input}
            type="search"
            value={text}
            autoComplete="off"
            enterKeyHint="search"
            onChange={(event) => setText(event.target.value)}
          />
        </span>
        <small>{t('phone:choose.searchHint')}</small>
      </div>
      <p className="spoken" role="status">
        {text === '' ? '' : t('phone:choose.found', { count: found.length })}
      </p>
      {text !== '' && found.length === 0 && <p className="p-nothing">{t('phone:choose.none')}</p>}
      {found.length > 0 && (
        <Section heading={t('phone:choose.results')} count={found.length}>
          <Entries entries={found} />
        </Section>
      )}
    </>
  );
}

function Entries({ entries }: { readonly entries: readonly TargetEntry[] }) {
  const { t } = useTranslation();
  const local = useLocal();
  const catalogue = useCatalogue();
  return (
    <ul className="p-targets">
      {entries.map(({ target, name, summary, departments, minutes, items }) => (
        <li key={`${target.kind} ${target.id}`}>
          <Link to={{ at: 'begin', kind: target.kind, id: target.id }}>
            <b>{local(name)}</b>
            <span>{local(summary)}</span>
            <small>
              {[
                ...(items > 1 ? [t('phone:choose.inOne', { count: items })] : []),
                departments
                  .map((department) => local(departmentName(catalogue, department)))
                  .join(t('phone:and')),
                t('phone:choose.minutes', { count: minutes }),
              ].map((part) => (
                <span key={part}>{part}</span>
              ))}
            </small>
            <Icon name="more" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
