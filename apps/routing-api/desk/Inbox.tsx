import { spacedCaseNumber } from '@tongban/core';
import type { CaseRow } from '@tongban/sync/protocol';
import { clockStands, dueWords, isConcluded, type Names } from '@tongban/ui/staff';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** What waits at this desk, most pressing first. */
export function Inbox(props: {
  readonly rows: readonly CaseRow[] | undefined;
  readonly selected: string | undefined;
  /** What was searched for; the rows are then what was found. */
  readonly found: string | undefined;
  readonly names: Names;
  onSelect(caseNumber: string): void;
  onClear(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { rows, found } = props;
  const list = useRef<HTMLOListElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the row to bring into view is the selected one.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [props.selected]);

  const open = rows?.filter((row) => !isConcluded(row.state)) ?? [];
  const supplement = open.filter((row) => row.state === 'supplement-requested').length;
  const special = open.filter((row) => row.state === 'special-procedure').length;
  const running = open.filter((row) => !clockStands(row.state)).length;

  return (
    <nav className="desk-in" aria-label={t('desk.inbox')}>
      {found === undefined ? (
        <div className="st-hd">
          <h2>
            {t('desk.waiting')} <span className="st-n">{rows === undefined ? '' : running}</span>
          </h2>
          <span className="quiet">{t('desk.standing', { supplement, special })}</span>
        </div>
      ) : (
        <div className="st-hd">
          <h2>
            {t('search.found')} <span className="st-n">{rows?.length ?? ''}</span>
          </h2>
          <button type="button" className="st-link" onClick={props.onClear}>
            {t('search.clear')}
          </button>
        </div>
      )}
      {rows?.length === 0 && (
        <p className="st-empty">
          {found === undefined ? t('desk.empty') : t('search.none', { text: found })}
        </p>
      )}
      <ol ref={list}>
        {rows?.map((row) => (
          <Row
            key={row.caseNumber}
            row={row}
            current={row.caseNumber === props.selected}
            names={props.names}
            onSelect={props.onSelect}
          />
        ))}
      </ol>
    </nav>
  );
}

function Row(props: {
  readonly row: CaseRow;
  readonly current: boolean;
  readonly names: Names;
  onSelect(caseNumber: string): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { row, names } = props;
  const due = dueWords(row, t);
  const item = names.item(row.item);
  return (
    <li>
      <button
        type="button"
        className="desk-row"
        aria-current={props.current ? 'true' : undefined}
        onClick={() => props.onSelect(row.caseNumber)}
      >
        <span className="desk-row-head">
          <b>{row.applicant}</b>
          <span className={`st-due st-due-${due.tone}`}>{due.text}</span>
        </span>
        <span>
          {row.bundle === undefined
            ? item
            : t('desk.inBundle', { bundle: names.bundle(row.bundle), item })}
          {row.gap && <span className="quiet">　{t('desk.gap')}</span>}
        </span>
        <small>{spacedCaseNumber(row.caseNumber)}</small>
      </button>
    </li>
  );
}
