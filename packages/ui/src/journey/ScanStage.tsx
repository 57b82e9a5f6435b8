import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Screen } from '../frame/Screen.tsx';
import { Local } from '../language/Local.tsx';
import { type ReadDocument, type ScannedCode, Scanner } from '../scan/index.ts';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useJourney, useSnapshot } from './journey.ts';

interface ScanStageProps {
  /** Of the screen, where it is not the phone's whole. */
  readonly name: string;
  readonly heading: string;
  readonly lead: string;
  readonly onBack: () => void;
  /** As of {@link Scanner}. */
  readonly onCode: (code: ScannedCode) => Promise<string | undefined>;
  readonly onDocument?: (document: ReadDocument) => Promise<string | undefined>;
}

/** The camera as a step of the journey: the phone's whole screen, or a window in the kiosk's. */
export function ScanStage({ name, heading, lead, onBack, ...take }: ScanStageProps) {
  const { t } = useTranslation();
  const { place: where } = useSurroundings();
  const { visit, place } = useJourney();
  const { plan } = useSnapshot(visit);

  useEffect(() => place.hold('scanning'), [place]);

  if (where === 'phone')
    return (
      <Suspense fallback={null}>
        <Scanner look="full" heading={heading} lead={lead} onClose={onBack} {...take} />
      </Suspense>
    );
  return (
    <Screen
      name={name}
      what={<Local text={plan.name} />}
      step={0}
      heading={heading}
      lead={lead}
      onBack={onBack}
    >
      <div className="scan-stage">
        <Suspense fallback={<p className="paper-state">{t('common:opening')}</p>}>
          <Scanner look="inset" {...take} />
        </Suspense>
      </div>
    </Screen>
  );
}
