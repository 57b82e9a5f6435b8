import type { Catalogue, StoreFailure, Visit } from '@tongban/core';
import type { Names } from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldLine } from './FieldLine.tsx';
import { useVisit } from './useVisit.ts';

/** All questions on one page, in the order they are asked; each field once, whatever items need it. */
export function FormBlock(props: {
  readonly visit: Visit;
  readonly catalogue: Catalogue;
  readonly names: Names;
  onFailure(failure: StoreFailure): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { visit, catalogue, names, onFailure } = props;
  const { questions, draft, faults } = useVisit(visit);

  async function answer(field: string, value: string) {
    const kept = await visit.answer(field, value, 'staff');
    if (!kept.ok) onFailure(kept.error);
  }

  return (
    <table className="st-form filing-form">
      <caption className="spoken">{t('answers.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('answers.field')}</th>
          <th scope="col">{t('answers.value')}</th>
          <th scope="col">{t('answers.source')}</th>
          <th scope="col">
            <span className="spoken">{t('answers.state')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {questions
          .flatMap((question) => question.fields)
          .map(({ field, required }) => {
            const known = catalogue.dictionary.find((one) => one.id === field);
            if (known === undefined) throw new Error(`No field ${field} in the dictionary`);
            return (
              <FieldLine
                key={field}
                field={known}
                answer={draft.answers[field]}
                required={required}
                fault={faults.find((one) => one.field === field)?.fault}
                names={names}
                onAnswer={(value) => void answer(field, value)}
              />
            );
          })}
      </tbody>
    </table>
  );
}
