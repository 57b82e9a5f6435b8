import { assuranceOf, type Filing, type IdentityEvidence, type Language } from '@tongban/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { timeOfDay } from '../language/format.ts';

/** How the person is known, and how surely; 帮办 names who filed it. */
export function EvidenceRows(props: {
  readonly evidence: readonly IdentityEvidence[];
  readonly filing: Filing;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const language = i18n.language as Language;
  return (
    <table className="st-form">
      <caption className="spoken">{t('evidence.title')}</caption>
      <tbody>
        {props.evidence.map((one) => (
          <tr
            key={`${one.source}${one.readAt}`}
            className={assuranceOf(one) === 'declared' ? 'st-gap' : undefined}
          >
            <th scope="row">{t(`evidence.${one.source}`)}</th>
            <td>{t(`assurance.${assuranceOf(one)}`)}</td>
            <td className="st-source">
              {one.device === 'simulated'
                ? t('evidence.simulated')
                : (one.issuer ?? one.device ?? '')}{' '}
              {timeOfDay(one.readAt, language)}
            </td>
          </tr>
        ))}
        {props.filing.mode === 'assisted' && (
          <tr>
            <th scope="row">{t('filing.assisted')}</th>
            <td colSpan={2}>
              {props.filing.staffName} {props.filing.staff}
              {props.filing.ticket !== undefined && (
                <span className="st-aside">
                  {t('filing.ticket', { ticket: props.filing.ticket })}
                </span>
              )}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
