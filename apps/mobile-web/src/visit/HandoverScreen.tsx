import { Primary, QrCode, Screen, Second, timeOfDay, useLocal, useSurroundings } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../device/useCatalogue.ts';
import { targetName } from '../own/names.ts';
import { go } from '../route/useRoute.ts';
import { type Hand, useHandover } from './useHandover.ts';

/** Moves an unfinished application to a kiosk: a code with its time, and the way to take it back. */
export function HandoverScreen({ visit }: { readonly visit: string }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const catalogue = useCatalogue();
  const handover = useHandover(visit);
  const { draft, hand, left } = handover;
  if (hand.at === 'looking') return null;
  return (
    <Screen
      name="hand-over"
      instance={hand.at}
      {...(draft && { what: local(targetName(catalogue, draft.target)) })}
      heading={t(`phone:handover.heading.${hand.at}`)}
      lead={t(`phone:handover.lead.${hand.at}`)}
      onBack={() => go({ at: 'home' }, { replace: true })}
      act={<Ways visit={visit} hand={hand} handover={handover} />}
    >
      {hand.at === 'waiting' && (
        <div className="p-code">
          <QrCode text={hand.code} label={t('phone:handover.codeLabel')} />
          <p className="p-countdown" role="timer">
            {t('phone:handover.left', {
              minutes: Math.floor(left / 60),
              seconds: String(left % 60).padStart(2, '0'),
            })}
          </p>
          <p className="p-quiet">
            {t('phone:handover.until', { time: timeOfDay(hand.expiresAt, language) })}
          </p>
        </div>
      )}
    </Screen>
  );
}

interface WaysProps {
  readonly visit: string;
  readonly hand: Hand;
  readonly handover: ReturnType<typeof useHandover>;
}

/** What can be done, by where the hand-over stands. */
function Ways({ visit, hand, handover }: WaysProps) {
  const { t } = useTranslation();
  const { busy, give, reclaim, goOnHere, end } = handover;
  const stay = () => go({ at: 'visit', visit }, { replace: true });
  switch (hand.at) {
    case 'ready':
    case 'no-line':
    case 'refused':
      return (
        <>
          <Primary icon="code" busy={busy} onPress={give}>
            {t(hand.at === 'ready' ? 'phone:handover.show' : 'phone:handover.again')}
          </Primary>
          <Second icon="undo" onPress={stay}>
            {t('phone:handover.stay')}
          </Second>
        </>
      );
    case 'too-large':
      return (
        <Primary icon="undo" onPress={stay}>
          {t('phone:handover.stay')}
        </Primary>
      );
    case 'waiting':
      return (
        <Second icon="undo" busy={busy} onPress={reclaim}>
          {t('phone:handover.reclaim')}
        </Second>
      );
    case 'expired':
      return (
        <>
          <Primary icon="code" busy={busy} onPress={give}>
            {t('phone:handover.anew')}
          </Primary>
          <Second icon="undo" busy={busy} onPress={reclaim}>
            {t('phone:handover.reclaim')}
          </Second>
        </>
      );
    case 'taken':
      return (
        <>
          <Primary icon="check" busy={busy} onPress={end}>
            {t('phone:handover.end')}
          </Primary>
          <Second icon="undo" busy={busy} onPress={goOnHere}>
            {t('phone:handover.both')}
          </Second>
        </>
      );
    case 'looking':
    case 'gone':
      return null;
  }
}
