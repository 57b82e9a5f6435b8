import { verifyCredential } from '@tongban/core';
import { type ReadCode, Scanner, Screen } from '@tongban/ui';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession, useVisitState } from '../visit/SessionProvider.tsx';
import { useHold } from '../visit/useHold.ts';

/** A code held to the camera says by itself what it is for: going on, progress, or who is there. */
export function ResumeScreen() {
  const { t } = useTranslation();
  const { visit, terminal } = useSession();
  const state = useVisitState();
  const taking = state.matches({ resuming: 'taking' });
  const { failure } = state.context;

  useHold('scanning');

  const onCode = async ({ meaning }: ReadCode): Promise<string | undefined> => {
    switch (meaning.kind) {
      case 'handover':
        visit.send({ type: 'code', code: meaning.code });
        return undefined;
      case 'receipt':
        visit.send({ type: 'ask', receipt: meaning.receipt });
        return undefined;
      case 'credential':
      case 'sd-jwt-vc': {
        const code = meaning.kind === 'credential' ? meaning.jws : meaning.code;
        const read = await verifyCredential(code, terminal.trust(), terminal.clock);
        if (!read.ok) return t(`fault:credential.${read.error}`);
        visit.send({ type: 'identified', evidence: read.value });
        return undefined;
      }
      case 'driver-licence':
      case 'uscc':
      case 'web-address':
      case 'opaque':
        return t(`kiosk:resume.not.${meaning.kind}`);
    }
  };

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
