import type { CaseDetail, RegisterFinding } from '@tongban/sync/protocol';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Tick } from './AnswerRows.tsx';
import type { Names } from './names.ts';

/** What the department's register says beside the form. A difference names both sides and its source. */
export function RegisterRows(props: {
  readonly findings: CaseDetail['register'];
  readonly names: Names;
}): ReactNode {
  const { t } = useTranslation('staff');
  if (props.findings.length === 0) return <p className="st-empty">{t('register.none')}</p>;
  return (
    <table className="st-form">
      <caption className="spoken">{t('register.title')}</caption>
      <thead className="spoken">
        <tr>
          <th scope="col">{t('answers.field')}</th>
          <th scope="col">{t('register.title')}</th>
          <th scope="col">{t('answers.source')}</th>
          <th scope="col">{t('answers.state')}</th>
        </tr>
      </thead>
      <tbody>
        {props.findings.map((one) => (
          <tr key={`${one.field}${one.source}`} className={one.same ? undefined : 'st-gap'}>
            <th scope="row">{props.names.field(one.field)}</th>
            <td>
              {one.same ? (
                props.names.value(one.field, one.register)
              ) : (
                <BothSides finding={one} names={props.names} />
              )}
            </td>
            <td className="st-source">{one.source}</td>
            <td className="st-mark-cell">
              {one.same ? <Tick words={t('register.same')} /> : <b>{t('register.differs')}</b>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BothSides(props: { readonly finding: RegisterFinding; readonly names: Names }): ReactNode {
  const { t } = useTranslation('staff');
  const { field, form, register } = props.finding;
  return (
    <dl className="st-sides">
      <dt>{t('register.form')}</dt>
      <dd>{form === '' ? t('register.nothing') : props.names.value(field, form)}</dd>
      <dt>{t('register.register')}</dt>
      <dd>{register === '' ? t('register.nothing') : props.names.value(field, register)}</dd>
    </dl>
  );
}
