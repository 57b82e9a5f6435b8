import type { DictionaryField, FieldFault, IdentityEvidence, StoreFailure } from '@tongban/core';
import { checkAnswer, typedIdentity } from '@tongban/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Primary } from '../control/Button.tsx';
import { KeypadDock, KeypadDockSlot } from '../form/KeypadDock.tsx';
import { TextControl } from '../form/TextControl.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Icon } from '../icon/Icon.tsx';
import { Local } from '../language/Local.tsx';
import { useFaultWords } from '../language/useFaultWords.ts';
import { useJourney, useSnapshot } from './journey.ts';

interface NumberScreenProps {
  readonly onBack: () => void;
  readonly onEvidence: (evidence: IdentityEvidence) => void;
  readonly busy: boolean;
  readonly failure: StoreFailure | undefined;
}

/** The two that identify a person on paper. They are no dictionary fields: the form has its own, filled from these. */
const words = { 'zh-CN': '-', en: '-' };
const common = { label: words, grade: 4, purpose: words, retentionYears: 0 };
const nameField: DictionaryField = { ...common, id: 'name', kind: 'name', maxLength: 50 };
const numberField: DictionaryField = {
  ...common,
  id: 'number',
  kind: 'resident-id',
  maxLength: 18,
};

/** Name and number by hand. It only declares who one is: before the case is decided someone looks at the card. */
export function NumberScreen({ onBack, onEvidence, busy, failure }: NumberScreenProps) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { visit, place } = useJourney();
  const { plan } = useSnapshot(visit);
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  const [tried, setTried] = useState(false);

  const today = place.clock.now();
  const nameFault = checkAnswer(nameField, name, true, today);
  const numberFault = checkAnswer(numberField, number, true, today);
  const shown = (fault: FieldFault | undefined, value: string) =>
    fault && (tried || (fault !== 'required' && value !== '')) ? { fault } : {};

  const goOn = () => {
    setTried(true);
    if (nameFault || numberFault) return;
    const evidence = typedIdentity(number, name, place.clock);
    if (evidence.ok) onEvidence(evidence.value);
  };

  return (
    <KeypadDock>
      <Screen
        name="identity-number"
        what={<Local text={plan.name} />}
        step={0}
        heading={t('journey:identity.numberHeading')}
        lead={t('journey:identity.numberLead')}
        onBack={onBack}
        act={
          <>
            <KeypadDockSlot />
            <Primary busy={busy} onPress={goOn}>
              {t('journey:next')}
            </Primary>
          </>
        }
      >
        {failure && (
          <p className="fault fault-wide" role="alert">
            <Icon name="attention" />
            <span>{faultWords('store', failure)}</span>
          </p>
        )}
        <div className="fields">
          <TextControl
            field={nameField}
            label={t('journey:identity.name')}
            value={name}
            required
            {...shown(nameFault, name)}
            onAnswer={setName}
          />
          <TextControl
            field={numberField}
            label={t('journey:identity.idNumber')}
            value={number}
            required
            {...shown(numberFault, number)}
            onAnswer={setNumber}
          />
        </div>
      </Screen>
    </KeypadDock>
  );
}
