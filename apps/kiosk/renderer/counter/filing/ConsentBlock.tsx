import { type Language, localText, type StoreFailure, type Visit } from '@tongban/core';
import { Act, Tick } from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useVisit } from './useVisit.ts';

/** What is collected and why, said to the person before anything is sent; their word is recorded with its time. */
export function ConsentBlock(props: {
  readonly visit: Visit;
  onFailure(failure: StoreFailure): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const { plan, missing } = useVisit(props.visit);
  const language = i18n.language as Language;
  const given = !missing.some((one) => one.kind === 'consent');

  async function consent() {
    const kept = await props.visit.consent();
    if (!kept.ok) props.onFailure(kept.error);
  }

  return (
    <div className="filing-consent">
      <p>{localText(plan.notice, language)}</p>
      {plan.separateConsents.map(({ item, text }) => (
        <p key={item}>{localText(text, language)}</p>
      ))}
      {given ? (
        <p>
          <Tick words={t('answers.fine')} /> {t('filing.consented')}
        </p>
      ) : (
        <Act name={t('filing.consent')} onPress={() => void consent()} />
      )}
    </div>
  );
}
