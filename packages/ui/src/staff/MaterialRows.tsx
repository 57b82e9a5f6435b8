import type { Language } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { shortDate } from '../language/format.ts';
import { Tick } from './AnswerRows.tsx';
import type { Names } from './names.ts';

export type StaffMaterial = CaseDetail['materials'][number];

/** Materials with their state; a row with files opens the first of them. */
export function MaterialRows(props: {
  readonly materials: readonly StaffMaterial[];
  readonly names: Names;
  /** Main or secondary, per material id. */
  weight?(material: string): 'main' | 'secondary' | undefined;
  /** Address of the file that is shown now. */
  readonly open?: string | undefined;
  readonly head?: boolean;
  onOpen(address: string): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const language = i18n.language as Language;
  const state = (one: StaffMaterial) => {
    if (one.state === 'provided') return t('material.provided', { count: one.files.length });
    if (one.state === 'promised' && one.until !== undefined) {
      return t('material.until', { day: shortDate(one.until, language) });
    }
    return t(`material.${one.state}`);
  };
  return (
    <table className="st-form">
      <caption className="spoken">{t('material.title')}</caption>
      <thead className={props.head === true ? undefined : 'spoken'}>
        <tr>
          <th scope="col">{t('material.title')}</th>
          <th scope="col">{t('material.state')}</th>
          <th scope="col">{t('material.weight')}</th>
          <th scope="col">
            <span className="spoken">{t('answers.state')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.materials.map((one) => {
          const gap = one.state === 'missing' || one.state === 'promised';
          const shown = one.files.some((file) => file.address === props.open);
          const weight = props.weight?.(one.material);
          const first = one.files[0];
          const kind = [gap ? 'st-gap' : '', shown ? 'st-shown' : ''].filter(Boolean).join(' ');
          return (
            <tr key={one.material} className={kind === '' ? undefined : kind}>
              <th scope="row">{props.names.material(one.material)}</th>
              <td>
                {first === undefined ? (
                  state(one)
                ) : (
                  <button
                    type="button"
                    className="st-link"
                    aria-pressed={shown}
                    onClick={() => props.onOpen(first.address)}
                  >
                    {state(one)}
                    <span className="spoken">
                      {t('material.open', { name: props.names.material(one.material) })}
                    </span>
                  </button>
                )}
              </td>
              <td className="st-source">{weight === undefined ? '' : t(`material.${weight}`)}</td>
              <td className="st-mark-cell">
                {gap ? (
                  <b>{t(one.state === 'missing' ? 'material.lacks' : 'material.later')}</b>
                ) : (
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
