import { eventsWithTargets, searchCatalogue, type TargetEntry, targetsOf } from '@tongban/core';
import {
  Icon,
  KeypadDock,
  KeypadDockSlot,
  Local,
  Screen,
  useLocal,
  useSurroundings,
} from '@tongban/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Way } from '../visit/machine.ts';
import { useSession, useVisitState } from '../visit/SessionProvider.tsx';
import { SearchField } from './SearchField.tsx';

const ways: readonly { way: Way; icon: 'home' | 'building' | 'search' }[] = [
  { way: 'event', icon: 'home' },
  { way: 'department', icon: 'building' },
  { way: 'search', icon: 'search' },
];

/** What somebody came for: by what happens in a life, by department, or by their own words. */
export function ChooseScreen() {
  const { t } = useTranslation();
  const local = useLocal();
  const { visit, terminal } = useSession();
  const { language, elder } = useSurroundings();
  const state = useVisitState();
  const { way, within, failure, evidence } = state.context;
  const [words, setWords] = useState('');
  const catalogue = terminal.device.catalogue();

  const found =
    way === 'search'
      ? searchCatalogue(catalogue, words, language)
      : within === undefined
        ? undefined
        : targetsOf(catalogue, way === 'event' ? { event: within } : { department: within });
  const group =
    way === 'event'
      ? catalogue.events.find((event) => event.id === within)
      : catalogue.departments.find((department) => department.id === within);

  return (
    <KeypadDock>
      <Screen
        name="choose"
        instance={`${way} ${within ?? ''}`}
        eyebrow={
          evidence ? [t('journey:path.hello', { name: evidence.attributes.name ?? '' })] : []
        }
        heading={group === undefined ? t(`kiosk:choose.heading.${way}`) : local(group.name)}
        onBack={() => visit.send(within === undefined ? { type: 'back' } : { type: 'choose', way })}
        {...(way === 'search' && { act: <KeypadDockSlot /> })}
      >
        <div className="choose-ways" role="tablist" aria-label={t('kiosk:choose.ways')}>
          {ways
            .filter((each) => !elder || each.way !== 'department')
            .map(({ way: each, icon }) => (
              <button
                key={each}
                type="button"
                role="tab"
                aria-selected={each === way}
                onClick={() => visit.send({ type: 'choose', way: each })}
              >
                <Icon name={icon} />
                {t(`kiosk:choose.way.${each}`)}
              </button>
            ))}
        </div>
        {failure && (
          <p className="fault fault-wide" role="alert">
            <Icon name="attention" />
            <span>{t(`fault:begin.${failure}`)}</span>
          </p>
        )}
        {way === 'search' && <SearchField words={words} onWords={setWords} />}
        {found === undefined ? (
          <Groups way={way} />
        ) : (
          <Entries
            entries={found}
            nothing={
              way !== 'search' || words.trim() !== ''
                ? t('kiosk:choose.nothing')
                : t('kiosk:choose.searchHint')
            }
          />
        )}
      </Screen>
    </KeypadDock>
  );
}

/** Life events, or departments. */
function Groups({ way }: { readonly way: Way }) {
  const { t } = useTranslation();
  const { visit, terminal } = useSession();
  const catalogue = terminal.device.catalogue();
  const groups =
    way === 'event'
      ? eventsWithTargets(catalogue).map(({ event, items }) => ({ ...event, count: items }))
      : catalogue.departments
          .filter((department) => department.parent === undefined)
          .map((department) => ({
            id: department.id,
            name: department.name,
            count: targetsOf(catalogue, { department: department.id }).length,
          }))
          .filter((department) => department.count > 0);
  return (
    <ul className="choices">
      {groups.map((group) => (
        <li key={group.id}>
          <button
            type="button"
            onClick={() => visit.send({ type: 'choose', way, within: group.id })}
          >
            <b>
              <Local text={group.name} />
            </b>
            <span>{t('kiosk:home.items', { count: group.count })}</span>
            <Icon name="more" />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface EntriesProps {
  readonly entries: readonly TargetEntry[];
  readonly nothing: string;
}

/** Services, each with what it takes. */
function Entries({ entries, nothing }: EntriesProps) {
  const { t } = useTranslation();
  const { visit, terminal } = useSession();
  const { language } = useSurroundings();
  const local = useLocal();
  const catalogue = terminal.device.catalogue();
  if (entries.length === 0) return <p className="choices-nothing">{nothing}</p>;
  return (
    <ul className="choices choices-entries">
      {entries.map((entry) => {
        const names = entry.departments.flatMap((id) => {
          const department = catalogue.departments.find((each) => each.id === id);
          return department ? [local(department.short)] : [];
        });
        return (
          <li key={`${entry.target.kind} ${entry.target.id}`}>
            <button
              type="button"
              onClick={() => visit.send({ type: 'take', target: entry.target, language })}
            >
              <b>
                <Local text={entry.name} />
              </b>
              <small>
                <Local text={entry.summary} />
              </small>
              <span>
                {t('kiosk:choose.minutes', { count: entry.minutes })}
                <br />
                {names.length > 2
                  ? t('kiosk:choose.departments', { count: names.length })
                  : names.join(t('kiosk:choose.and'))}
              </span>
              <Icon name="more" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
