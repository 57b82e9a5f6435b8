import { Scanner, Screen, useHandScan } from '@tongban/ui';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession, useVisitState } from '../visit/SessionProvider.tsx';
import { useHold } from '../visit/useHold.ts';
import { useVisitCode } from './useVisitCode.ts';

/** A code held to the camera, of whatever kind. */
export function ResumeScreen() {
  const { t } = useTranslation();
  const { visit } = useSession();
  const onCode = useVisitCode();
  const state = useVisitState();
  const taking = state.matches({ resuming: 'taking' });
  const { failure } = state.context;

  useHold('scanning');
  // Here and not with the camera, which may still be on its way.
  useHandScan(onCode, taking ? { kinds: [] } : {});

  return (
    <Screen
      name="resume"
      heading={t('kiosk:resume.heading')}
      lead={t('kiosk:resume.lead')}
      {...(!taking && { onBack: () => visit.send({ type: 'back' }) })}
    >
      {failure && (
        <p className="fault fault-wide" role="alert">
          <span>
            {isHandover(failure) ? t(`fault:handover.${failure}`) : t(`fault:begin.${failure}`)}
          </span>
        </p>
      )}
      <div className="scan-stage">
        {taking ? (
          <p className="opening" role="status">
            {t('kiosk:resume.taking')}
          </p>
        ) : (
          <Suspense fallback={<p className="opening">{t('common:opening')}</p>}>
            <Scanner look="inset" onCode={onCode} />
          </Suspense>
        )}
      </div>
    </Screen>
  );
}

function isHandover(failure: string): boolean {
  return ['no-line', 'expired', 'taken', 'unknown-code'].includes(failure);
}
