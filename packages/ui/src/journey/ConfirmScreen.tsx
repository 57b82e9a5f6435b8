import {
  attributesOf,
  type Confirmed,
  type ConfirmFault,
  confirmedAttributes,
  type DictionaryField,
  type IdentityEvidence,
  photographedIdentity,
  type Result,
  type SeenDocument,
  type StoreFailure,
} from '@tongban/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Primary, Second } from '../control/Button.tsx';
import { FilledRow } from '../form/FilledRow.tsx';
import { KeypadDock, KeypadDockSlot } from '../form/KeypadDock.tsx';
import { TextControl } from '../form/TextControl.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Icon } from '../icon/Icon.tsx';
import { longDate } from '../language/format.ts';
import { Local } from '../language/Local.tsx';
import { useFaultWords } from '../language/useFaultWords.ts';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useJourney, useSnapshot } from './journey.ts';
import { useTask } from './useTask.ts';

interface ConfirmScreenProps {
  readonly seen: SeenDocument;
  /** To the camera again. */
  readonly onBack: () => void;
  readonly onEvidence: (evidence: IdentityEvidence) => Promise<Result<void, StoreFailure>>;
}

/** They are no dictionary fields: the form has its own, filled from these. */
const words = { 'zh-CN': '-', en: '-' };
const common = { label: words, grade: 4, purpose: words, retentionYears: 0 } as const;
const controls: Readonly<Record<(typeof confirmedAttributes)[number], DictionaryField>> = {
  name: { ...common, id: 'name', kind: 'name', maxLength: 50 },
  residentId: { ...common, id: 'residentId', kind: 'resident-id', maxLength: 18 },
  address: { ...common, id: 'address', kind: 'address', maxLength: 100 },
};
/** Borne out by check digits, or of no weight here. */
const shown = ['documentNumber', 'nationality', 'birthDate', 'validUntil'] as const;

/**
 * What a camera read, before anything is done with it: print has no signature, and of a name not even a check digit. What
 * is wrong is put right here, not photographed until it fits.
 */
export function ConfirmScreen({ seen, onBack, onEvidence }: ConfirmScreenProps) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { language } = useSurroundings();
  const { visit, place } = useJourney();
  const { plan } = useSnapshot(visit);
  const read = attributesOf(seen);
  const resident = read.residentId !== undefined;
  const [confirmed, setConfirmed] = useState<Confirmed>(read);
  const [fault, setFault] = useState<ConfirmFault>();
  const task = useTask<StoreFailure>();

  const goOn = () => {
    const made = photographedIdentity(seen, confirmed, place.clock);
    setFault(made.ok ? undefined : made.error);
    if (made.ok) task.run(() => onEvidence(made.value));
  };

  return (
    <KeypadDock>
      <Screen
        name="identity-confirm"
        what={<Local text={plan.name} />}
        step={0}
        heading={t('journey:identity.confirmHeading')}
        lead={t(`journey:identity.${resident ? 'confirmLead' : 'confirmPassportLead'}`)}
        onBack={onBack}
        act={
          <>
            <KeypadDockSlot />
            <Primary busy={task.busy} onPress={goOn}>
              {t('journey:identity.confirmed')}
            </Primary>
            <Second icon="undo" onPress={onBack}>
              {t('journey:identity.again')}
            </Second>
          </>
        }
      >
        {task.failure && (
          <p className="fault fault-wide" role="alert">
            <Icon name="attention" />
            <span>{faultWords('store', task.failure)}</span>
          </p>
        )}
        <div className="fields">
          {confirmedAttributes
            .filter((attribute) => attribute === 'name' || resident)
            .map((attribute) => (
              <TextControl
                key={attribute}
                field={controls[attribute]}
                label={t(`journey:attribute.${attribute}`)}
                value={confirmed[attribute] ?? ''}
                required={attribute !== 'address'}
                {...(fault?.attribute === attribute && { fault: fault.fault, focused: true })}
                onAnswer={(value) => setConfirmed((last) => ({ ...last, [attribute]: value }))}
              />
            ))}
        </div>
        <div className="rows rows-close">
          {shown.map((attribute) => {
            const value = read[attribute];
            // The number says it already, also when it is corrected.
            if (value === undefined || (attribute === 'birthDate' && resident)) return null;
            const isDate = /^\d{4}-\d\d-\d\d$/.test(value);
            return (
              <FilledRow
                key={attribute}
                label={t(`journey:attribute.${attribute}`)}
                value={isDate ? longDate(value, language) : value}
              />
            );
          })}
        </div>
      </Screen>
    </KeypadDock>
  );
}
