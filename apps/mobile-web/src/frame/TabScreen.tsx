import {
  Icon,
  type IconName,
  LanguageDialog,
  languageNames,
  Seal,
  Unreviewed,
  useFrame,
  useSurroundings,
} from '@tongban/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from '../route/Link.tsx';
import type { Route } from '../route/route.ts';
import { Tabs } from './Tabs.tsx';

interface TabScreenProps {
  /** Names the screen for tests: `data-screen`. */
  readonly name: string;
  readonly heading: string;
  /** The tab that this screen belongs to. */
  readonly tab: Route['at'];
  readonly children: ReactNode;
}

/** One of the four places that the tabs lead to. */
export function TabScreen({ name, heading, tab, children }: TabScreenProps) {
  const { line } = useFrame();
  const title = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    title.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);

  return (
    <div className="p-place" data-screen={name}>
      <header className="p-head">
        <h1 ref={title} tabIndex={-1}>
          {heading}
        </h1>
        <LanguageButton />
        <Seal />
      </header>
      <p className="p-line">{line}</p>
      <Unreviewed />
      <main className="p-main">{children}</main>
      <Tabs now={tab} />
    </div>
  );
}

/** In its own script, at the top of every place: who cannot read the rest must find it. */
function LanguageButton() {
  const { t } = useTranslation();
  const { language } = useSurroundings();
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <button
        type="button"
        className="p-language"
        aria-haspopup="dialog"
        aria-label={`${languageNames[language]}, ${t('common:tools.language')} Language`}
        onClick={() => setChoosing(true)}
      >
        <Icon name="globe" />
        <span>{languageNames[language]}</span>
      </button>
      {choosing && <LanguageDialog onClose={() => setChoosing(false)} />}
    </>
  );
}

/** A heading over rows, with their number. */
export function Section({
  heading,
  count,
  children,
}: {
  readonly heading: string;
  readonly count?: number;
  readonly children: ReactNode;
}) {
  return (
    <section className="p-section">
      <h2 className="p-sec">
        {heading}
        {count !== undefined && <span>{count}</span>}
      </h2>
      {children}
    </section>
  );
}

/** A row that leads somewhere. */
export function DoorRow({
  icon,
  name,
  note,
  route,
}: {
  readonly icon?: IconName;
  readonly name: string;
  readonly note?: ReactNode;
  readonly route: Route;
}) {
  return (
    <li>
      <Link className="p-door" to={route}>
        {icon && <Icon name={icon} />}
        <span>
          <b>{name}</b>
          {note !== undefined && <small>{note}</small>}
        </span>
        <Icon name="more" />
      </Link>
    </li>
  );
}
