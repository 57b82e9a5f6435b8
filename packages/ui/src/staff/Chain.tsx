import { type CaseState, concludedStates } from '@tongban/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Names } from './names.ts';

export interface ChainLink {
  readonly caseNumber: string;
  readonly item: string;
  readonly department: string;
  readonly state: CaseState;
}

/** The items of one submission in their order; the one at hand is marked, a concluded one is inked. */
export function Chain(props: {
  readonly links: readonly ChainLink[];
  readonly current: string;
  readonly names: Names;
  onOpen?(caseNumber: string): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  return (
    <ol className="st-chain" aria-label={t('chain')}>
      {props.links.map((link) => {
        const now = link.caseNumber === props.current;
        const mark = now ? 'now' : concludedStates.includes(link.state) ? 'done' : '';
        const text = (
          <>
            <b>{props.names.item(link.item)}</b>
            <span>
              {t('chainLink', {
                department: props.names.departmentShort(link.department),
                state: t(`state.${link.state}`),
              })}
            </span>
          </>
        );
        return (
          <li key={link.caseNumber} className={mark} aria-current={now ? 'step' : undefined}>
            {props.onOpen === undefined || now ? (
              <div>{text}</div>
            ) : (
              <button type="button" onClick={() => props.onOpen?.(link.caseNumber)}>
                {text}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
