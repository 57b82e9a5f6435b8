import type { IdentityEvidence, Result, StoreFailure } from '@tongban/core';
import { useTranslation } from 'react-i18next';
import { ScanStage } from './ScanStage.tsx';
import { useIdentityCode } from './useIdentityCode.ts';

interface CodeScreenProps {
  readonly onBack: () => void;
  readonly onEvidence: (evidence: IdentityEvidence) => Promise<Result<void, StoreFailure>>;
}

/** A credential shown to the camera. */
export function CodeScreen({ onBack, onEvidence }: CodeScreenProps) {
  const { t } = useTranslation();
  const onCode = useIdentityCode(onEvidence);
  return (
    <ScanStage
      name="identity-code"
      heading={t('journey:identity.codeHeading')}
      lead={t('journey:identity.codeLead')}
      onBack={onBack}
      onCode={onCode}
    />
  );
}
