import type { IdentityEvidence, Result, StoreFailure } from '@tongban/core';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../frame/Screen.tsx';
import { Local } from '../language/Local.tsx';
import { Scanner } from '../scan/index.ts';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useJourney, useSnapshot } from './journey.ts';
import { useIdentityCode } from './useIdentityCode.ts';

interface CodeScreenProps {
  readonly onBack: () => void;
  readonly onEvidence: (evidence: IdentityEvidence) => Promise<Result<void, StoreFailure>>;
}

/** A credential shown to the camera. */
export function CodeScreen({ onBack, onEvidence }: CodeScreenProps) {
  const { t } = useTranslation();
  const { place: where } = useSurroundings();
  const { visit, place } = useJourney();
  const { plan } = useSnapshot(visit);

  useEffect(() => place.hold('scanning'), [place]);

  const onCode = useIdentityCode(onEvidence);

  if (where === 'phone')
    return (
      <Suspense fallback={null}>
        <Scanner
          look="full"
          heading={t('journey:identity.codeHeading')}
          lead={t('journey:identity.codeLead')}
          onCode={onCode}
          onClose={onBack}
        />
      </Suspense>
    );
  return (
    <Screen
      name="identity-code"
      what={<Local text={plan.name} />}
      step={0}
      heading={t('journey:identity.codeHeading')}
      lead={t('journey:identity.codeLead')}
      onBack={onBack}
    >
      <div className="scan-stage">
        <Suspense fallback={<p className="paper-state">{t('common:opening')}</p>}>
          <Scanner look="inset" onCode={onCode} />
        </Suspense>
      </div>
    </Screen>
  );
}
