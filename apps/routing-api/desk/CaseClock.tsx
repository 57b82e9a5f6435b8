import type { Language } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import { shortDate } from '@tongban/ui';
import { clockStands, isConcluded } from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Working days left as a figure; red only when the time runs out today or has run out. */
export function CaseClock(props: {
  readonly detail: CaseDetail;
  /** Promised working days of the item. */
  readonly promised: number | undefined;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const language = i18n.language as Language;
  const { row, status, events } = props.detail;
  const { due, daysLeft } = row;
  const { promised } = props;
  const promise =
    promised === undefined
      ? ''
      : promised === 0
        ? t('clock.atOnce')
        : t('clock.promised', { count: promised });

  if (isConcluded(row.state)) {
    return (
      <p className="desk-clock">
        <b className="desk-clock-word">{t(`state.${row.state}`)}</b>
        <span>{shortDate(row.updatedAt, language)}</span>
      </p>
    );
  }
  if (clockStands(row.state)) {
    const asked = events.findLast((event) => event.kind === 'supplement-requested');
    return (
      <p className="desk-clock">
        <b className="desk-clock-word">{t('clock.stands')}</b>
        <span>
          {row.state === 'supplement-requested' && asked !== undefined
            ? t('clock.until', { day: shortDate(asked.until, language) })
            : t(`state.${row.state}`)}
          <br />
          {promise}
        </span>
      </p>
    );
  }
  if (due === undefined || daysLeft === undefined) {
    return (
      <p className="desk-clock">
        <b className="desk-clock-word">{t(`state.${row.state}`)}</b>
        <span>
          {status.dueUnknown !== undefined && t('clock.unknown', { year: status.dueUnknown })}
          {status.dueUnknown === undefined && promise}
        </span>
      </p>
    );
  }
  const day = shortDate(due, language);
  if (daysLeft <= 0) {
    return (
      <p className="desk-clock desk-clock-urgent">
        {daysLeft < 0 ? <b>{-daysLeft}</b> : <b className="desk-clock-word">{t('clock.today')}</b>}
        <span>
          {daysLeft < 0 ? t('clock.over', { count: -daysLeft, day }) : t('clock.dueToday', { day })}
          <br />
          {promise}
        </span>
      </p>
    );
  }
  return (
    <p className="desk-clock">
      <b>{daysLeft}</b>
      <span>
        {t('clock.left', { count: daysLeft, day })}
        <br />
        {promise}
      </span>
    </p>
  );
}
