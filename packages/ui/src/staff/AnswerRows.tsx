import type { CaseDetail } from '@tongban/sync/protocol';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';
import type { Names } from './names.ts';

export type StaffAnswerRow = CaseDetail['answers'][number];

/** Form answers with where each came from. `fault` marks the rows that something is wrong with, `checked` ticks the others. */
export function AnswerRows(props: {
  readonly answers: readonly StaffAnswerRow[];
  readonly names: Names;
  readonly head?: boolean;
  readonly checked?: boolean;
  fault?(field: string): string | undefined;
}): ReactNode {
  const { t } = useTranslation('staff');
  return (
    <table className="st-form">
      <caption className="spoken">{t('answers.title')}</caption>
      <thead className={props.head === true ? undefined : 'spoken'}>
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
        {props.answers.map((answer) => {
          const fault = props.fault?.(answer.field);
          return (
            <tr key={answer.field} className={fault === undefined ? undefined : 'st-gap'}>
              <th scope="row">{props.names.field(answer.field)}</th>
              <td>
                {props.names.value(answer.field, answer.value)}
                {answer.masked && <span className="spoken">{t('answers.masked')}</span>}
              </td>
              <td className="st-source">{t(`source.${answer.source}`)}</td>
              <td className="st-mark-cell">
                {fault !== undefined && <b>{fault}</b>}
                {fault === undefined && props.checked === true && (
                  <Tick words={t('answers.fine')} />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Done is a tick; its words are for those who cannot see it. */
export function Tick({ words }: { readonly words: string }): ReactNode {
  return (
    <>
      <Icon name="check" />
      <span className="spoken">{words}</span>
    </>
  );
}
