import type { StepId } from '@tongban/core';
import { Icon, useLocal } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../device/useCatalogue.ts';
import { targetName } from '../own/names.ts';
import { Link } from '../route/Link.tsx';
import type { Unfinished } from '../visit/ownVisits.ts';

/** An application to go on with. */
export function DraftRow({ unfinished: { visit, draft } }: { readonly unfinished: Unfinished }) {
  const { t } = useTranslation();
  const local = useLocal();
  const catalogue = useCatalogue();
  const away = draft.handedOverAt !== undefined;
  return (
    <li>
      <Link to={away ? { at: 'hand-over', visit } : { at: 'visit', visit }}>
        <span className="p-case-top">
          <b>{local(targetName(catalogue, draft.target))}</b>
          <span>{t('phone:draft.step', { now: stages[draft.step], all: stages.receipt })}</span>
        </span>
        <span className="p-case-say">
          <span>{away ? t('phone:draft.away') : t(`phone:draft.at.${draft.step}`)}</span>
          <span className="p-go">
            {t(away ? 'phone:draft.look' : 'phone:draft.continue')}
            <Icon name="more" />
          </span>
        </span>
      </Link>
    </li>
  );
}

/** The way as people count it: reading over and signing are one stage. */
const stages: Readonly<Record<StepId, number>> = {
  identity: 1,
  path: 2,
  questions: 3,
  materials: 4,
  review: 5,
  sign: 5,
  receipt: 6,
};
