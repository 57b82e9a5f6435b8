import {
  type IdentityEvidence,
  type Result,
  refusalOf,
  type SeenDocument,
  type StoreFailure,
} from '@tongban/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmScreen } from './ConfirmScreen.tsx';
import { useJourney } from './journey.ts';
import { ScanStage } from './ScanStage.tsx';
import { useIdentityCode } from './useIdentityCode.ts';

interface DocumentScreenProps {
  readonly onBack: () => void;
  readonly onEvidence: (evidence: IdentityEvidence) => Promise<Result<void, StoreFailure>>;
}

/** A card or a passport shown to the camera, then what was read, to be looked at. A code does as well. */
export function DocumentScreen({ onBack, onEvidence }: DocumentScreenProps) {
  const { t } = useTranslation();
  const { place } = useJourney();
  const onCode = useIdentityCode(onEvidence);
  const [seen, setSeen] = useState<SeenDocument>();

  if (seen !== undefined)
    return <ConfirmScreen seen={seen} onBack={() => setSeen(undefined)} onEvidence={onEvidence} />;
  return (
    <ScanStage
      name="identity-document"
      heading={t('journey:identity.documentHeading')}
      lead={t('journey:identity.documentLead')}
      onBack={onBack}
      onCode={onCode}
      onDocument={async (document) => {
        const refusal = refusalOf(document, place.clock.now());
        if (refusal !== undefined) return t(`scan:refused.${refusal}`);
        setSeen(document);
        return undefined;
      }}
    />
  );
}
