import {
  type Catalogue,
  type Language,
  localText,
  type StoreFailure,
  type Visit,
} from '@tongban/core';
import type { Names } from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConsentBlock } from './ConsentBlock.tsx';
import { FormBlock } from './FormBlock.tsx';
import type { CounterPlace } from './filings.ts';
import { IdentityBlock } from './IdentityBlock.tsx';
import { MaterialsBlock } from './MaterialsBlock.tsx';
import { useVisit } from './useVisit.ts';

/** Assisted filing on one page: who, told what, the form, the materials. */
export function FilingPane(props: {
  readonly visit: Visit;
  readonly place: CounterPlace;
  readonly catalogue: Catalogue;
  readonly names: Names;
  onFailure(failure: StoreFailure): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const { visit, place, catalogue, names, onFailure } = props;
  const { draft, plan } = useVisit(visit);
  const { filing } = draft;
  const name = draft.evidence.at(-1)?.attributes.name;
  return (
    <div data-screen="filing">
      <div className="counter-title">
        <div>
          <p className="quiet">
            {filing.mode === 'assisted' &&
              (filing.ticket === undefined
                ? t('filing.noTicket')
                : t('filing.ticket', { ticket: filing.ticket }))}
          </p>
          <h1>{localText(plan.name, i18n.language as Language)}</h1>
        </div>
        <div className="counter-who">
          <b>{name ?? t('counter.nameless')}</b>
          {filing.mode === 'assisted' && (
            <span>{t('filing.written', { name: filing.staffName, account: filing.staff })}</span>
          )}
        </div>
      </div>
      <h2>{t('evidence.title')}</h2>
      <IdentityBlock
        visit={visit}
        clock={place.clock}
        trust={place.trust}
        reader={place.reader}
        simulator={place.simulator}
        onFailure={onFailure}
      />
      <h2>{t('filing.notice')}</h2>
      <ConsentBlock visit={visit} onFailure={onFailure} />
      <h2>{t('answers.title')}</h2>
      <FormBlock visit={visit} catalogue={catalogue} names={names} onFailure={onFailure} />
      <h2>{t('material.title')}</h2>
      <MaterialsBlock visit={visit} names={names} trust={place.trust} clock={place.clock} />
    </div>
  );
}
