import type { Language } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortDate, timeOfDay } from '../language/format.ts';

/** Who did what and when, from the audit log: for an assisted filing staff and applicant both. */
export function RecordRows({ trail }: { readonly trail: CaseDetail['trail'] }): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const language = i18n.language as Language;
  if (trail === undefined || trail.length === 0)
    return <p className="st-empty">{t('record.none')}</p>;
  return (
    <table className="st-form">
      <caption className="spoken">{t('record.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('record.when')}</th>
          <th scope="col">{t('record.what')}</th>
          <th scope="col">{t('record.who')}</th>
        </tr>
      </thead>
      <tbody>
        {trail.map((line) => (
          <tr key={`${line.at}${line.event}${line.actor}`}>
            <th scope="row">
              {shortDate(line.at, language)} {timeOfDay(line.at, language)}
            </th>
            <td>
              {i18next.exists(`staff:event.${line.event}`) ? t(`event.${line.event}`) : line.event}
            </td>
            <td>{line.actor === 'centre' ? t('record.centre') : line.actor}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
