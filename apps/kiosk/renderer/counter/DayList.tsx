import type { Language } from '@tongban/core';
import { timeOfDay } from '@tongban/ui';
import { Key, type Names } from '@tongban/ui/staff';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Submission } from './submissions.ts';

/** Something begun at this window that is not handed in yet. */
export interface Begun {
  readonly visit: string;
  readonly title: string;
  readonly name: string;
  readonly ticket: string | undefined;
}

/** The day at this hall: what waits for a counter first, what was begun here above it. */
export function DayList(props: {
  readonly list: readonly Submission[] | undefined;
  readonly begun: readonly Begun[];
  /** Receipt number or visit that is at hand. */
  readonly selected: string | undefined;
  readonly found: string | undefined;
  readonly names: Names;
  /** Said when the list is not the centre's present one. */
  readonly from: string | undefined;
  readonly next: Submission | undefined;
  onSelect(receiptNumber: string): void;
  onContinue(visit: string): void;
  onNext(): void;
  onNew(): void;
  onClear(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { list, found, names, next } = props;
  const rows = useRef<HTMLOListElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the row to bring into view is the selected one.
  useEffect(() => {
    rows.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [props.selected]);

  const waiting = list?.filter((one) => one.waits).length;
  return (
    <nav className="counter-list" aria-label={t('counter.list')}>
      <div className="st-hd">
        <h2>
          {found === undefined ? t('counter.waiting') : t('search.found')}{' '}
          <span className="st-n">{found === undefined ? waiting : list?.length}</span>
        </h2>
        {found === undefined ? (
          <span className="quiet">
            {props.from ?? t('counter.today', { count: list?.length ?? 0 })}
          </span>
        ) : (
          <button type="button" className="st-link" onClick={props.onClear}>
            {t('counter.clear')}
          </button>
        )}
      </div>
      <button
        type="button"
        className="counter-next"
        aria-disabled={next === undefined}
        aria-keyshortcuts="N"
        onClick={props.onNext}
      >
        {next === undefined ? t('counter.noNext') : t('counter.next')}
        {next !== undefined && <b>{next.ticket ?? next.applicant}</b>}
        <Key>N</Key>
      </button>
      {list?.length === 0 && (
        <p className="st-empty">
          {found === undefined ? t('counter.empty') : t('search.none', { text: found })}
        </p>
      )}
      <ol ref={rows}>
        {props.begun.map((one) => (
          <li key={one.visit}>
            <button
              type="button"
              className="counter-row"
              aria-current={one.visit === props.selected ? 'true' : undefined}
              onClick={() => props.onContinue(one.visit)}
            >
              <b>{one.ticket ?? ''}</b>
              <span>
                <span>{one.name === '' ? t('counter.nameless') : one.name}</span>
                <small>{one.title}</small>
              </span>
              <span className="counter-row-end">{t('counter.filing')}</span>
            </button>
          </li>
        ))}
        {list?.map((one) => (
          <Row
            key={one.receiptNumber}
            submission={one}
            current={one.receiptNumber === props.selected}
            names={names}
            onSelect={props.onSelect}
          />
        ))}
      </ol>
      <button type="button" className="counter-new" aria-keyshortcuts="F" onClick={props.onNew}>
        <b className="counter-new-title">{t('counter.new')}</b>
        <span className="counter-new-note">{t('counter.newNote')}</span>
        <Key>F</Key>
      </button>
    </nav>
  );
}

function Row(props: {
  readonly submission: Submission;
  readonly current: boolean;
  readonly names: Names;
  onSelect(receiptNumber: string): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const { submission, names } = props;
  const { target } = submission;
  const state = submission.correction ? t('counter.correction') : t(`state.${submission.state}`);
  return (
    <li>
      <button
        type="button"
        className={submission.waits ? 'counter-row counter-row-waits' : 'counter-row'}
        aria-current={props.current ? 'true' : undefined}
        onClick={() => props.onSelect(submission.receiptNumber)}
      >
        <b>{submission.ticket ?? ''}</b>
        <span>
          <span>{submission.applicant}</span>
          <small>
            {target.kind === 'bundle' ? names.bundle(target.id) : names.item(target.id)}
          </small>
        </span>
        <span className="counter-row-end">
          <span>{state}</span>
          <small>
            {submission.gap
              ? t('desk.gap')
              : timeOfDay(submission.receivedAt, i18n.language as Language)}
          </small>
        </span>
      </button>
    </li>
  );
}
