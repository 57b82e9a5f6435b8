import type { Receipt } from '@tongban/core';
import { longDate, useLocal, useSurroundings } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../device/useCatalogue.ts';
import { departmentName, reasonText } from '../own/names.ts';
import type { Asked } from '../own/stage.ts';
import { PrivateWords } from './PrivateWords.tsx';
import { materialsToShow } from './words.ts';

/** What the department still needs, why, until when, and the other ways to bring it. */
export function Notice({ asked, receipt }: { readonly asked: Asked; readonly receipt: Receipt }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { language } = useSurroundings();
  const catalogue = useCatalogue();
  const material = materialsToShow(asked, catalogue, local, t);
  return (
    <section className="p-notice">
      <h2>{material === '' ? t('phone:need.answer') : t('phone:need.material', { material })}</h2>
      <p>
        {t('phone:notice.says', {
          department: local(departmentName(catalogue, asked.status.department)),
          reasons: asked.reasons.map((id) => local(reasonText(catalogue, id))).join(' '),
        })}
      </p>
      <p>{t(material === '' ? 'phone:notice.inWords' : 'phone:notice.rest')}</p>
      <dl>
        <dt>{t('phone:notice.until')}</dt>
        <dd>{longDate(asked.until, language)}</dd>
        <dt>{t('phone:notice.words')}</dt>
        <dd>
          <PrivateWords receipt={receipt} caseNumber={asked.status.caseNumber} />
        </dd>
        <dt>{t('phone:notice.also')}</dt>
        <dd>{t('phone:notice.elsewhere')}</dd>
      </dl>
    </section>
  );
}
