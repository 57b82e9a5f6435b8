import { type Language, spacedCaseNumber } from '@tongban/core';
import type { CaseDetail } from '@tongban/sync/protocol';
import { shortDate } from '@tongban/ui';
import {
  AnswerRows,
  Chain,
  EvidenceRows,
  MaterialRows,
  type Names,
  NoteRows,
  RecordRows,
  RegisterRows,
} from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CaseClock } from './CaseClock.tsx';

/** The case: its place in the bundle, what was applied for, materials, register, and the log. */
export function CaseHead(props: {
  readonly detail: CaseDetail;
  readonly names: Names;
  readonly promised: number | undefined;
  /** Items of the bundle in their order. */
  readonly order: readonly string[];
}): ReactNode {
  const { t } = useTranslation('staff');
  const { detail, names } = props;
  const gaps = detail.materials.filter((one) => one.state === 'promised').length;
  const { row } = detail;
  const self = {
    caseNumber: row.caseNumber,
    item: row.item,
    department: row.department,
    state: row.state,
  };
  const links = [...detail.siblings, self].toSorted(
    (one, other) => props.order.indexOf(one.item) - props.order.indexOf(other.item),
  );
  return (
    <>
      <div className="desk-title">
        <div>
          <p className="quiet">
            {spacedCaseNumber(row.caseNumber)}　{takenBy(detail, t)}
            {row.gap && `，${t('desk.gaps', { count: gaps })}`}
          </p>
          <h1 tabIndex={-1}>
            {t('desk.title', { name: row.applicant, item: names.item(row.item) })}
          </h1>
        </div>
        <CaseClock detail={detail} promised={props.promised} />
      </div>
      {links.length > 1 && <Chain links={links} current={row.caseNumber} names={names} />}
    </>
  );
}

function takenBy(detail: CaseDetail, t: ReturnType<typeof useTranslation<'staff'>>['t']): string {
  const { filing } = detail;
  if (filing.mode === 'assisted') return t('filing.by', { name: filing.staffName });
  const digit = detail.row.caseNumber.charAt(6);
  const channel =
    digit === '9' ? 'kiosk' : digit === '3' ? 'phone' : digit === '2' ? 'portal' : 'counter';
  return t(`channel.${channel}`);
}

/** The left column: everything the desk compares the paper with. */
export function CaseFacts(props: {
  readonly detail: CaseDetail;
  readonly names: Names;
  readonly answers: CaseDetail['answers'];
  readonly open: string | undefined;
  onOpen(address: string): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const { detail, names } = props;
  const language = i18n.language as Language;
  const routed = detail.events.findLast((event) => event.kind === 'routed');
  return (
    <section
      className="desk-facts"
      aria-label={t('desk.facts')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: longer than its pane and scrolled by keys.
      tabIndex={0}
    >
      <h2>{t('answers.title')}</h2>
      <AnswerRows
        answers={props.answers}
        names={names}
        fault={(field) =>
          detail.register.some((one) => one.field === field && !one.same)
            ? t('register.differs')
            : undefined
        }
      />
      <h2>{t('evidence.title')}</h2>
      <EvidenceRows evidence={detail.evidence} filing={detail.filing} />
      <h2>{t('material.title')}</h2>
      {detail.materials.length === 0 ? (
        <p className="st-empty">{t('material.none')}</p>
      ) : (
        <MaterialRows
          materials={detail.materials}
          names={names}
          open={props.open}
          onOpen={props.onOpen}
        />
      )}
      <h2>{t('register.title')}</h2>
      <RegisterRows findings={detail.register} names={names} />
      <NoteRows notes={detail.notes} replies={detail.replies ?? []} names={names} />
      <h2>{t('record.title')}</h2>
      {routed !== undefined && (
        <p className="desk-routed quiet">
          {t('desk.routed', {
            day: shortDate(routed.at, language),
            department: names.department(routed.department),
            because: names.because(detail.row.item, routed.rule),
          })}
        </p>
      )}
      <RecordRows trail={detail.trail} />
    </section>
  );
}
