import type { IdentityEvidence, Result, SeenDocument, StoreFailure } from '@tongban/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmScreen } from './ConfirmScreen.tsx';
import { ScanStage } from './ScanStage.tsx';
import { useIdentityCode } from './useIdentityCode.ts';

interface DocumentScreenProps {
  readonly onBack: () => void;
  readonly onEvidence: (evidence: IdentityEvidence) => Promise<Result<void, StoreFailure>>;
}

/** A card or a passport shown to the camera, then what was read, to be looked at. A code does as well. */
export function DocumentScreen({ onBack, onEvidence }: DocumentScreenProps) {
  const { t } = useTranslation();
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
        // The back of a card does not say whose it is; a picture from the album may show it.
        if (document.source === 'card-back') return t('scan:sight.turned');
        setSeen(document);
        return undefined;
      }}
    />
  );
}
