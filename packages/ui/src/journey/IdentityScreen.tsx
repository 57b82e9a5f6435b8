import type { IdentityEvidence, StoreFailure } from '@tongban/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Primary } from '../control/Button.tsx';
import { Screen } from '../frame/Screen.tsx';
import { useHandScan } from '../handScanner/useHandScan.ts';
import { Icon } from '../icon/Icon.tsx';
import type { IconName } from '../icon/paths.ts';
import { Local } from '../language/Local.tsx';
import { useFaultWords } from '../language/useFaultWords.ts';
import { CodeScreen } from './CodeScreen.tsx';
import { DocumentScreen } from './DocumentScreen.tsx';
import { useJourney, useSnapshot } from './journey.ts';
import { NumberScreen } from './NumberScreen.tsx';
import { ReaderDrawing } from './ReaderDrawing.tsx';
import { useCard } from './useCard.ts';
import { useIdentityCode } from './useIdentityCode.ts';
import { useTask } from './useTask.ts';

type Way = 'card' | 'code' | 'document' | 'number';

interface IdentityScreenProps {
  /** Away from this application. */
  readonly onBack: () => void;
  readonly onIdentified: () => void;
  /** On with who is known already; left out while nobody is. */
  readonly onKeep?: () => void;
}

/** The ways to say who one is, and what is read and why, before anything is read. */
export function IdentityScreen({ onBack, onIdentified, onKeep }: IdentityScreenProps) {
  const { visit, place } = useJourney();
  const [way, setWay] = useState<Way>('card');
  const task = useTask<StoreFailure>();

  const [refused, setRefused] = useState(0);

  const show = async (evidence: IdentityEvidence) => {
    const known = await visit.identify(evidence);
    if (known.ok) onIdentified();
    return known;
  };

  // Whoever scans a code has chosen the way by it.
  useHandScan(useIdentityCode(show));

  const take = (evidence: IdentityEvidence) =>
    task.run(async () => {
      const known = await visit.identify(evidence);
      if (!known.ok) setRefused((before) => before + 1);
      return known;
    }, onIdentified);

  if (way === 'code') return <CodeScreen onBack={() => setWay('card')} onEvidence={show} />;
  if (way === 'document') return <DocumentScreen onBack={() => setWay('card')} onEvidence={show} />;
  if (way === 'number')
    return (
      <NumberScreen
        onBack={() => setWay('card')}
        onEvidence={take}
        busy={task.busy}
        failure={task.failure}
      />
    );
  return place.reader ? (
    <CardScreen
      onBack={onBack}
      onWay={setWay}
      onKeep={onKeep}
      onEvidence={take}
      refused={refused}
      failure={task.failure}
    />
  ) : (
    <WaysScreen onBack={onBack} onWay={setWay} onKeep={onKeep} />
  );
}

interface WayProps {
  readonly onBack: () => void;
  readonly onWay: (way: Way) => void;
  readonly onKeep: (() => void) | undefined;
}

interface CardScreenProps extends WayProps {
  readonly onEvidence: (evidence: IdentityEvidence) => void;
  /** How many cards were read and could not be kept. */
  readonly refused: number;
  readonly failure: StoreFailure | undefined;
}

/** The card on the reader; a code or the number for who has no card along. */
function CardScreen({ onBack, onWay, onKeep, onEvidence, refused, failure }: CardScreenProps) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { visit, place } = useJourney();
  const { plan } = useSnapshot(visit);
  const trouble = useCard(place.reader, onEvidence, refused);

  return (
    <Screen
      name="identity"
      what={<Local text={plan.name} />}
      step={0}
      eyebrow={[t('journey:identity.minutes', { count: plan.minutes })]}
      heading={t('journey:identity.cardHeading')}
      lead={trouble || failure ? undefined : t('journey:identity.cardLead')}
      onBack={onBack}
      act={onKeep && <Keep onKeep={onKeep} />}
    >
      {(trouble || failure) && (
        <p className="fault fault-wide" role="alert">
          <Icon name="attention" />
          <span>{failure ? faultWords('store', failure) : t(`fault:reader.${trouble}`)}</span>
        </p>
      )}
      <div className="identity">
        <div className="identity-reader">
          <div className="reader">
            <ReaderDrawing label={t('journey:identity.cardDrawing')} />
          </div>
          <ol className="beats">
            <li>
              1<span>{t('journey:identity.beatFace')}</span>
            </li>
            <li className="now">
              2<span>{t('journey:identity.beatFlat')}</span>
            </li>
            <li>
              3<span>{t('journey:identity.beatTake')}</span>
            </li>
          </ol>
        </div>
        <div className="identity-else">
          <h2 className="section-title">{t('journey:identity.without')}</h2>
          <Ways onWay={onWay} />
          <Tell />
        </div>
      </div>
    </Screen>
  );
}

/** On a device without a reader the same ways, without the drawing. */
function WaysScreen({ onBack, onWay, onKeep }: WayProps) {
  const { t } = useTranslation();
  const { visit } = useJourney();
  const { plan } = useSnapshot(visit);
  return (
    <Screen
      name="identity"
      what={<Local text={plan.name} />}
      step={0}
      eyebrow={[t('journey:identity.minutes', { count: plan.minutes })]}
      heading={t('journey:identity.heading')}
      lead={t('journey:identity.lead')}
      onBack={onBack}
      act={onKeep && <Keep onKeep={onKeep} />}
    >
      <Ways onWay={onWay} />
      <Tell />
    </Screen>
  );
}

function Ways({ onWay }: Pick<WayProps, 'onWay'>) {
  const { t } = useTranslation();
  const ways: readonly { way: Way; icon: IconName }[] = [
    { way: 'code', icon: 'code' },
    { way: 'document', icon: 'camera' },
    { way: 'number', icon: 'keypad' },
  ];
  return (
    <div className="ways">
      {ways.map(({ way, icon }) => (
        <button key={way} type="button" className="way" onClick={() => onWay(way)}>
          <Icon name={icon} />
          <span>
            <b>{t(`journey:identity.${way}`)}</b>
            <small>{t(`journey:identity.${way}Note`)}</small>
          </span>
        </button>
      ))}
    </div>
  );
}

/** Whoever came back by mistake need not say again who they are. */
function Keep({ onKeep }: { readonly onKeep: () => void }) {
  const { t } = useTranslation();
  const { visit } = useJourney();
  const name = useSnapshot(visit).draft.evidence.at(-1)?.attributes.name ?? '';
  return <Primary onPress={onKeep}>{t('journey:identity.keep', { name })}</Primary>;
}

/** What is read and what for, before it is read. */
function Tell() {
  const { t } = useTranslation();
  return (
    <dl className="tell">
      <dt>{t('journey:identity.onlyReads')}</dt>
      <dd>{t('journey:identity.onlyReadsWhat')}</dd>
      <dt>{t('journey:identity.onlyFor')}</dt>
      <dd>{t('journey:identity.onlyForWhat')}</dd>
    </dl>
  );
}
