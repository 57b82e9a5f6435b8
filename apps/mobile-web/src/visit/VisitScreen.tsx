import { systemClock, type Visit } from '@tongban/core';
import {
  Journey,
  type JourneyPlace,
  loadTexts,
  Primary,
  Screen,
  useSurroundings,
} from '@tongban/ui';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Phone } from '../device/openPhone.ts';
import { usePhone } from '../device/PhoneState.tsx';
import { go } from '../route/useRoute.ts';
import type { OpenVisit, OwnVisits } from './ownVisits.ts';
import { paperFonts, warmPaperFonts } from './paperFonts.ts';
import { useReceipt } from './useReceipt.ts';
import { useTwins } from './useTwins.ts';

type Opened = Awaited<ReturnType<OwnVisits['open']>>;

/** One application on its way, from identity to receipt, in the screens that kiosk and phone share. */
export function VisitScreen({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const [opened, setOpened] = useState<Opened>();
  const [bug, setBug] = useState<{ readonly fault: unknown }>();
  const [elsewhere, setElsewhere] = useState(false);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt opens it anew
  useEffect(() => {
    let left = false;
    Promise.all([phone.visits.open(id), loadTexts('journey', 'fault')]).then(
      ([visit]) => {
        if (left) return;
        setElsewhere(false);
        setOpened(visit);
        if (visit.ok) void visit.value.taken.then(() => left || setElsewhere(true));
      },
      (fault: unknown) => left || setBug({ fault }),
    );
    return () => {
      left = true;
    };
  }, [phone, id, attempt]);

  if (bug !== undefined) throw bug.fault;
  if (opened === undefined) return null;
  if (!opened.ok)
    return (
      <Screen
        name="visit-gone"
        heading={t(opened.error === 'gone' ? 'phone:visit.gone' : 'phone:visit.cannot')}
        lead={t(`phone:visit.why.${opened.error}`)}
        onBack={home}
        {...(opened.error !== 'gone' && {
          act: (
            <Primary icon="resume" onPress={() => setAttempt((before) => before + 1)}>
              {t('phone:begin.again')}
            </Primary>
          ),
        })}
      />
    );
  if (elsewhere)
    return (
      <Screen
        name="visit-elsewhere"
        heading={t('phone:visit.elsewhere')}
        lead={t('phone:visit.elsewhereLead')}
        onBack={home}
        act={
          <Primary icon="resume" onPress={() => setAttempt((before) => before + 1)}>
            {t('phone:visit.here')}
          </Primary>
        }
      />
    );
  return <Running key={attempt} id={id} open={opened.value} phone={phone} />;
}

interface RunningProps {
  readonly id: string;
  readonly open: OpenVisit;
  readonly phone: Phone;
}

function Running({ id, open: { visit }, phone }: RunningProps) {
  const { t } = useTranslation();
  const { language } = useSurroundings();
  const place = usePlace(phone, id, visit);
  const { receipt, kept, failure, keep } = useReceipt(visit);
  const away = visit.snapshot().draft.handedOverAt !== undefined;

  useEffect(() => void warmPaperFonts(), []);

  useEffect(() => {
    if (receipt === undefined && !away) void visit.setLanguage(language);
  }, [visit, receipt, away, language]);

  // Left after the receipt: its key is destroyed, then what it stored.
  useEffect(() => {
    if (!kept) return;
    return () => void phone.visits.end(id);
  }, [kept, phone, id]);

  const twins = useTwins(id);

  // What another device has is only looked at here; what two devices wrote becomes one first.
  useEffect(() => {
    if (away) go({ at: 'hand-over', visit: id }, { replace: true });
    else if (typeof twins === 'object') go({ at: 'join', visit: id }, { replace: true });
  }, [away, twins, id]);
  if (away || twins !== 'none') return null;
  return (
    <>
      <Journey visit={visit} place={place} onLeave={home} onAnother={home} />
      {failure !== undefined && (
        <footer className="p-stop">
          <p role="alert">{t(`phone:visit.unkept.${failure}`)}</p>
          <button type="button" className="p-text-button" onClick={keep}>
            {t('phone:visit.keepReceipt')}
          </button>
        </footer>
      )}
      {receipt === undefined && (
        <footer className="p-stop">
          <button type="button" className="p-text-button" onClick={home}>
            {t('phone:visit.stop')}
          </button>
          <button
            type="button"
            className="p-text-button"
            onClick={() => go({ at: 'hand-over', visit: id })}
          >
            {t('phone:visit.kiosk')}
          </button>
        </footer>
      )}
    </>
  );
}

function home(): void {
  go({ at: 'home' });
}

function usePlace({ device }: Phone, id: string, visit: Visit): JourneyPlace {
  return useMemo(
    () => ({
      get catalogue() {
        return visit.snapshot().catalogue;
      },
      clock: systemClock,
      line: device.line,
      outbox: device.outbox,
      get trust() {
        return device.trust();
      },
      fonts: paperFonts,
      lastKnown: (receipt) => device.lastKnown(receipt),
      watchStatus: (listener) => device.watchStatus(listener),
      // Nothing on one's own phone counts down.
      hold: () => () => undefined,
      onHandOver: () => go({ at: 'hand-over', visit: id }),
    }),
    [device, id, visit],
  );
}
