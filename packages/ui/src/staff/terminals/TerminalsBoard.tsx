import type { Language } from '@tongban/core';
import type { TerminalsAnswer } from '@tongban/sync/protocol';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../icon/Icon.tsx';
import type { StaffClient, StaffFault } from '../client.ts';
import { faultWords } from '../fault.ts';
import { momentOf } from '../words.ts';
import { type Standing, standings } from './standing.ts';

/** How often it is asked for while it is looked at, in ms. */
const everyMs = 15_000;

/** The hall's kiosks and counters: who is well, who needs a hand and why, what waits there, when it was last heard. */
export function TerminalsBoard(props: {
  readonly client: Pick<StaffClient, 'terminals'>;
  onFault(fault: StaffFault): void;
}): ReactNode {
  const { t } = useTranslation('terminal');
  const staff = useTranslation('staff').t;
  const { client, onFault } = props;
  const [answer, setAnswer] = useState<TerminalsAnswer>();
  const [fault, setFault] = useState<StaffFault>();

  const look = useCallback(async () => {
    const found = await client.terminals();
    if (found.ok) {
      setAnswer(found.value);
      setFault(undefined);
    } else {
      setFault(found.error);
      onFault(found.error);
    }
  }, [client, onFault]);

  useEffect(() => {
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => clearInterval(timer);
  }, [look]);

  const rows = answer === undefined ? [] : standings(answer);
  const needy = rows.filter(({ needs }) => needs.length > 0).length;
  const well = rows.filter(
    ({ terminal, needs }) => terminal.state === 'open' && needs.length === 0,
  );
  return (
    <section className="st-terminals" aria-busy={answer === undefined && fault === undefined}>
      {fault !== undefined && (
        <p className="st-fault" role="alert">
          {faultWords(fault, staff).text}
        </p>
      )}
      {answer !== undefined && (
        <>
          <p className="st-terminals-sum">
            {needy === 0
              ? t('board.allWell', { count: well.length })
              : `${t('board.needy', { count: needy })} ${t('board.well', { count: well.length })}`}
          </p>
          <table className="st-form">
            <thead>
              <tr>
                <th scope="col">{t('board.terminal')}</th>
                <th scope="col">{t('board.standing')}</th>
                <th scope="col">{t('board.oldestUnsent')}</th>
                <th scope="col">{t('board.unsent')}</th>
                <th scope="col">{t('board.heard')}</th>
                <th scope="col">{t('board.version')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.terminal.terminal} row={row} asOf={answer.asOf} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

function Row({ row, asOf }: { readonly row: Standing; readonly asOf: string }): ReactNode {
  const { t, i18n } = useTranslation('terminal');
  const { terminal, needs } = row;
  const { report, heardAt } = terminal;
  const moment = (iso: string | undefined) =>
    iso === undefined ? '—' : momentOf(iso, new Date(asOf), i18n.language as Language);
  return (
    <tr className={terminal.state === 'open' ? '' : 'st-terminal-out'}>
      <th scope="row">{terminal.name}</th>
      <td>
        {terminal.state !== 'open' && t(`board.${terminal.state}`)}
        {terminal.state === 'open' && needs.length === 0 && t('board.fine')}
        {needs.length > 0 && (
          <ul className="st-needs">
            {needs.map((need) => (
              <li key={need}>
                <Icon name="attention" />
                {t(`need.${need}`)}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td>{moment(report?.oldestUnsent)}</td>
      <td>{report?.unsent ?? '—'}</td>
      <td>{moment(heardAt)}</td>
      <td>{report?.appVersion ?? '—'}</td>
    </tr>
  );
}
