import {
  Icon,
  Lines,
  Seal,
  shortDate,
  timeOfDay,
  Unreviewed,
  useFrame,
  useHandScan,
  useSurroundings,
  weekday,
} from '@tongban/ui';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useVisitCode } from '../resume/useVisitCode.ts';
import { useSession } from '../visit/SessionProvider.tsx';
import { Doors } from './Doors.tsx';
import { ElderDoors } from './ElderDoors.tsx';
import { HomeFoot } from './HomeFoot.tsx';
import { LifeEvents } from './LifeEvents.tsx';
import { useCardAtHome } from './useCardAtHome.ts';

/** The terminal at rest: four doors, what happens in a life, and how the screen is set. */
export function HomeScreen() {
  const { t } = useTranslation();
  const { elder, language } = useSurroundings();
  const { hall, spot, line } = useFrame();
  const now = useNow();
  useCardAtHome();
  useHandScan(useVisitCode());
  return (
    <div className="home" data-screen="home">
      <header className="home-top">
        <p className="hall">
          <b>{hall}</b>
          {!elder && <span>{spot}</span>}
        </p>
        <time>
          <b>{timeOfDay(now, language)}</b>
          {!elder && (
            <span>
              {shortDate(now, language)} {weekday(now, language)}
            </span>
          )}
        </time>
      </header>
      <p className="home-line">{line}</p>
      <Unreviewed />
      <main className="home-main">
        <div className="home-say">
          <h1>
            <Lines>{t(elder ? 'kiosk:home.elderHeading' : 'kiosk:home.heading')}</Lines>
          </h1>
          {!elder && <ScanHint />}
          <Seal />
        </div>
        {elder ? (
          <>
            <p className="home-elder-note">{t('kiosk:home.elderNote')}</p>
            <ElderDoors />
          </>
        ) : (
          <>
            <Doors />
            <LifeEvents />
          </>
        )}
      </main>
      <HomeFoot />
    </div>
  );
}

/** A card put down or a code held up is a choice, too. */
function ScanHint() {
  const { t } = useTranslation();
  const { visit } = useSession();
  return (
    <button type="button" className="home-scan" onClick={() => visit.send({ type: 'resume' })}>
      <Icon name="card" />
      <span>{t('kiosk:home.scan')}</span>
      <Icon name="corner" />
    </button>
  );
}

/** The time, told anew with every minute. */
function useNow(): Date {
  const { terminal } = useSession();
  const [now, setNow] = useState(() => terminal.clock.now());
  const timer = useRef(0);
  useEffect(() => {
    const next = () => {
      const at = terminal.clock.now();
      setNow(at);
      timer.current = setTimeout(next, 60_000 - (at.getTime() % 60_000)) as unknown as number;
    };
    next();
    return () => clearTimeout(timer.current);
  }, [terminal]);
  return now;
}
