import { Primary, Screen, useLocal } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { usePresence, useSession, useVisitState } from '../visit/SessionProvider.tsx';

/** Nobody has touched anything for a while: a large countdown, and one bar to go on. */
export function IdleScreen() {
  const { t } = useTranslation();
  const local = useLocal();
  const { presence } = useSession();
  const { context } = usePresence();
  const { opened } = useVisitState().context;
  const snapshot = opened?.visit.snapshot();
  const all = Math.ceil(context.patience.countdown / 1000);
  const submitted = snapshot?.receipt !== undefined;

  return (
    <Screen
      name="idle"
      {...(snapshot && { what: local(snapshot.plan.name) })}
      eyebrow={[t('kiosk:idle.eyebrow')]}
      heading={t('kiosk:idle.heading')}
      endLabel={t('common:nav.endNow')}
      act={
        <Primary huge onPress={() => presence.send({ type: 'touch' })}>
          {t('kiosk:idle.goOn')}
        </Primary>
      }
    >
      <div className="idle" role="timer" aria-label={t('kiosk:idle.left', { count: context.left })}>
        <div className="idle-bar" aria-hidden="true">
          <span style={{ width: `${(context.left / all) * 100}%` }} />
        </div>
        <p className="idle-left" aria-hidden="true">
          <b>{context.left}</b>
          <span>{t('kiosk:idle.seconds', { count: context.left })}</span>
        </p>
        <p className="idle-note">{t('kiosk:idle.cleared')}</p>
        {snapshot && (
          <p className="idle-note quiet">
            {t(submitted ? 'kiosk:idle.submitted' : 'kiosk:idle.notSubmitted')}
          </p>
        )}
      </div>
    </Screen>
  );
}
