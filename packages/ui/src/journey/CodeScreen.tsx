import {
  type IdentityEvidence,
  type Result,
  type StoreFailure,
  verifyCredential,
} from '@tongban/core';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../frame/Screen.tsx';
import { Local } from '../language/Local.tsx';
import { useFaultWords } from '../language/useFaultWords.ts';
import { credentialOf, type ReadCode, Scanner } from '../scan/index.ts';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useJourney, useSnapshot } from './journey.ts';

interface CodeScreenProps {
  readonly onBack: () => void;
  readonly onEvidence: (evidence: IdentityEvidence) => Promise<Result<void, StoreFailure>>;
}

/** A credential shown to the camera. Its signature is checked here, without the line. */
export function CodeScreen({ onBack, onEvidence }: CodeScreenProps) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { place: where } = useSurroundings();
  const { visit, place } = useJourney();
  const { plan } = useSnapshot(visit);

  useEffect(() => place.hold('scanning'), [place]);

  const onCode = async (code: ReadCode): Promise<string | undefined> => {
    const credential = credentialOf(code);
    if (credential === undefined) return t(`fault:code.${code.meaning.kind}`);
    const read = await verifyCredential(credential, place.trust, place.clock);
    if (!read.ok) return t(`fault:credential.${read.error}`);
    // What could not be kept is said under the camera, which goes on: the code may be shown again.
    const kept = await onEvidence(read.value);
    return kept.ok ? undefined : faultWords('store', kept.error);
  };

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
