import type { StoreFailure } from '@tongban/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Primary, Second } from '../control/Button.tsx';
import { FilledRow } from '../form/FilledRow.tsx';
import { Screen } from '../frame/Screen.tsx';
import { Icon } from '../icon/Icon.tsx';
import { longDate } from '../language/format.ts';
import { Local } from '../language/Local.tsx';
import { useFaultWords } from '../language/useFaultWords.ts';
import { useSurroundings } from '../setting/surroundings.tsx';
import { useJourney, useSnapshot } from './journey.ts';
import { maskedId } from './masked.ts';
import { StepFault } from './StepFault.tsx';
import { useTask } from './useTask.ts';

/** Attributes of evidence worth a look, in the order of a card. */
const shownAttributes = [
  'name',
  'residentId',
  'documentNumber',
  'nationality',
  'birthDate',
  'address',
  'validUntil',
] as const;

interface NoticeScreenProps {
  readonly onBack: () => void;
  readonly onAgreed: () => void;
}

/** What was read, what it is used for, and the consents the law wants apart from it. */
export function NoticeScreen({ onBack, onAgreed }: NoticeScreenProps) {
  const { t } = useTranslation();
  const faultWords = useFaultWords();
  const { language } = useSurroundings();
  const { visit } = useJourney();
  const { plan, draft, needsConfirmation } = useSnapshot(visit);
  const task = useTask<StoreFailure>();
  const [agreed, setAgreed] = useState<ReadonlySet<string>>(
    new Set(draft.consents.map((consent) => consent.item)),
  );
  const [tried, setTried] = useState(false);
  const evidence = draft.evidence.at(-1);
  const open = plan.separateConsents.filter((consent) => !agreed.has(consent.item));

  const goOn = () => {
    setTried(true);
    if (open.length > 0) return;
    task.run(() => visit.consent(), onAgreed);
  };

  const value = (name: (typeof shownAttributes)[number], text: string) => {
    if (name === 'residentId') return maskedId(text);
    if (name === 'birthDate' || (name === 'validUntil' && /^\d{4}-/.test(text)))
      return longDate(text, language);
    return text;
  };

  return (
    <Screen
      name="notice"
      what={<Local text={plan.name} />}
      step={0}
      heading={t('journey:notice.heading', { name: evidence?.attributes.name ?? '' })}
      lead={t(needsConfirmation ? 'journey:notice.leadDeclared' : 'journey:notice.lead')}
      onBack={onBack}
      act={
        <>
          <Primary busy={task.busy} onPress={goOn}>
            {t('journey:notice.agree')}
          </Primary>
          <Second icon="undo" onPress={onBack}>
            {t('journey:notice.notMe')}
          </Second>
        </>
      }
    >
      {evidence && (
        <p className="from notice-from">
          <Icon name="from" />
          {t(`journey:evidence.${evidence.source}`)}
        </p>
      )}
      {evidence && (
        <div className="rows rows-close">
          {shownAttributes.map((name) => {
            const text = evidence.attributes[name];
            return (
              text !== undefined && (
                <FilledRow
                  key={name}
                  label={t(`journey:attribute.${name}`)}
                  value={value(name, text)}
                />
              )
            );
          })}
        </div>
      )}
      <section className="notice">
        <h2>{t('journey:notice.usedFor')}</h2>
        <p>
          <Local text={plan.notice} />
        </p>
      </section>
      {plan.separateConsents.length > 0 && (
        <fieldset className="choice consents">
          <legend>{t('journey:notice.separate')}</legend>
          {plan.separateConsents.map((consent) => (
            <div className="option" key={consent.item}>
              <label>
                <input
                  className="covering"
                  type="checkbox"
                  checked={agreed.has(consent.item)}
                  onChange={(event) => {
                    const next = new Set(agreed);
                    if (event.target.checked) next.add(consent.item);
                    else next.delete(consent.item);
                    setAgreed(next);
                  }}
                />
                <span className="tickbox" aria-hidden="true">
                  <Icon name="check" />
                </span>
                <span className="option-words">
                  <Local text={consent.text} />
                </span>
              </label>
            </div>
          ))}
        </fieldset>
      )}
      {tried && open.length > 0 && (
        <p className="fault" role="alert">
          <Icon name="attention" />
          <span>{t('journey:notice.tick', { count: open.length })}</span>
        </p>
      )}
      <StepFault />
      {task.failure && (
        <p className="fault" role="alert">
          <Icon name="attention" />
          <span>{faultWords('store', task.failure)}</span>
        </p>
      )}
    </Screen>
  );
}
