import { Primary, QrCode, Screen, Second, timeOfDay, useLocal, useSurroundings } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../device/useCatalogue.ts';
import { targetName } from '../own/names.ts';
import { go } from '../route/useRoute.ts';
import { useHandover } from './useHandover.ts';

/** Moves an unfinished application to a kiosk: a code with its time, and the way to take it back. */
export function HandoverScreen({ visit }: { readonly visit: string }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const catalogue = useCatalogue();
  const { draft, hand, left, give, reclaim, end, busy } = useHandover(visit);
  if (hand.at === 'gone')
    return (
      <Screen
        name="hand-over"
        heading={t('phone:handover.gone')}
        onBack={() => go({ at: 'home' }, { replace: true })}
      />
    );
  const name = draft === undefined ? '' : local(targetName(catalogue, draft.target));

  return (
    <Screen
      name="hand-over"
      instance={hand.at}
      what={name}
      heading={t(`phone:handover.heading.${hand.at}`)}
      lead={t(`phone:handover.lead.${hand.at}`)}
      onBack={() => go({ at: 'home' }, { replace: true })}
      act={
        <>
          {(hand.at === 'ready' || hand.at === 'no-line' || hand.at === 'expired') && (
            <Primary icon="code" busy={busy} onPress={give}>
              {t(hand.at === 'ready' ? 'phone:handover.show' : 'phone:handover.again')}
            </Primary>
          )}
          {hand.at === 'taken' && (
            <Primary icon="check" onPress={end}>
              {t('phone:handover.end')}
            </Primary>
          )}
          {(hand.at === 'waiting' || hand.at === 'away' || hand.at === 'expired') && (
            <Second icon="undo" busy={busy} onPress={reclaim}>
              {t('phone:handover.reclaim')}
            </Second>
          )}
          {(hand.at === 'ready' || hand.at === 'no-line') && (
            <Second icon="undo" onPress={() => go({ at: 'visit', visit }, { replace: true })}>
              {t('phone:handover.stay')}
            </Second>
          )}
        </>
      }
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
