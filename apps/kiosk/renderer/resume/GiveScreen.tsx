import type { GiveFailure } from '@tongban/sync';
import { Icon, Primary, QrCode, Screen, timeOfDay, useLocal, useSurroundings } from '@tongban/ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Opened } from '../visit/machine.ts';
import { useSession } from '../visit/SessionProvider.tsx';
import { watchCode } from './watchCode.ts';

type Hand =
  | { readonly at: 'making' | 'taken' | GiveFailure }
  | { readonly at: 'waiting' | 'expired'; readonly code: string; readonly expiresAt: string };

/** Moves the unfinished application to a phone or a counter: a code to scan, good for a quarter of an hour. */
export function GiveScreen({ opened }: { readonly opened: Opened }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const { terminal, visit } = useSession();
  const { clock, device } = terminal;
  const { handover } = device;
  const [hand, setHand] = useState<Hand>({ at: 'making' });
  const [stuck, setStuck] = useState(false);
  const { plan } = opened.visit.snapshot();

  useEffect(() => {
    let gone = false;
    let stop: (() => void) | undefined;
    void handover.give(opened.visit.snapshot().draft, opened.space.drafts).then((given) => {
      if (gone) return;
      if (!given.ok) return setHand({ at: given.error });
      setHand({ at: 'waiting', ...given.value });
      const watched = { ...given.value, state: handover.state, clock };
      stop = watchCode(watched, (how) =>
        setHand(how === 'taken' ? { at: how } : { at: how, ...given.value }),
      );
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [handover, opened, clock]);

  /** Two copies must never both be filled in: back only once the centre has taken the code out of use. */
  const back = async () => {
    if (hand.at === 'waiting' || hand.at === 'expired') {
      const reclaimed = await handover.reclaim(hand.code);
      if (reclaimed.ok && reclaimed.value.state === 'taken') return setHand({ at: 'taken' });
      // [H4] A code that ran out can be taken by nobody: without a line the person goes on here all the same.
      if (!reclaimed.ok && hand.at === 'waiting') return setStuck(true);
    }
    visit.send({ type: 'back' });
  };

  return (
    <Screen
      name="hand-over"
      instance={hand.at}
      what={local(plan.name)}
      heading={t(`kiosk:give.heading.${hand.at}`)}
      lead={t(`kiosk:give.lead.${hand.at}`)}
      {...(hand.at !== 'taken' && { onBack: () => void back() })}
      act={
        hand.at === 'taken' ? (
          <Primary icon="exit" onPress={() => visit.send({ type: 'given' })}>
            {t('kiosk:give.end')}
          </Primary>
        ) : undefined
      }
    >
      {stuck && hand.at === 'waiting' && (
        <p className="fault fault-wide" role="alert">
          <Icon name="attention" />
          <span>{t('kiosk:give.stuck')}</span>
        </p>
      )}
      {hand.at === 'waiting' && (
        <div className="give">
          <QrCode text={hand.code} label={t('kiosk:give.code')} />
          <p>{t('kiosk:give.until', { time: timeOfDay(hand.expiresAt, language) })}</p>
        </div>
      )}
    </Screen>
  );
}
