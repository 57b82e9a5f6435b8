import { type CaseState, type Catalogue, spacedCaseNumber } from '@tongban/core';
import type { Who } from '@tongban/sync/protocol';
import { longDate } from '@tongban/ui';
import { namesOf } from '@tongban/ui/staff';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Merged } from '../merged.ts';
import { Line, Sheet } from './Sheet.tsx';
import { toldBy } from './told.ts';

/** Which notice a state is told by. */
const notices: Readonly<Record<CaseState, string>> = {
  received: 'standing',
  'awaiting-confirmation': 'standing',
  waiting: 'standing',
  accepted: 'accepted',
  'supplement-requested': 'supplement',
  'special-procedure': 'special',
  granted: 'granted',
  denied: 'denied',
  refused: 'refused',
  returned: 'returned',
  withdrawn: 'standing',
};

/** The notice for the state that a submission is in: acceptance, supplement, refusal, decision. */
export function CasePrint(props: {
  readonly merged: Merged;
  readonly catalogue: Catalogue;
  readonly who: Who;
}): ReactNode {
  const { i18n } = useTranslation();
  const t = i18n.getFixedT('zh-CN', 'staff');
  const { merged, catalogue, who } = props;
  const names = useMemo(
    () => namesOf(catalogue, 'zh-CN', i18n.getFixedT('zh-CN')),
    [catalogue, i18n],
  );
  const [first] = merged.cases;
  const states = new Set(merged.cases.map((one) => notices[one.row.state]));
  const notice = states.size === 1 ? notices[first.row.state] : 'standing';
  const title =
    notice === 'accepted' && merged.cases.some((one) => one.row.gap)
      ? t('print.notice.gap')
      : t(`print.notice.${notice}`);
  return (
    <Sheet
      title={title}
      number={spacedCaseNumber(first.row.receiptNumber)}
      foot={[
        t('print.window', { window: who.window ?? '', name: who.name, account: who.account }),
        t('print.note'),
      ]}
    >
      <Line name={t('print.applicant')}>{first.row.applicant}</Line>
      {first.filing.mode === 'assisted' && (
        <Line name={t('filing.assisted')}>
          {first.filing.staffName}（{first.filing.staff}）
        </Line>
      )}
      {merged.cases.map((one) => {
        const told = toldBy(one);
        const { row } = one;
        return (
          <section key={row.caseNumber}>
            <h2>{names.item(row.item)}</h2>
            <Line name={t('print.case')}>{spacedCaseNumber(row.caseNumber)}</Line>
            <Line name={t('print.department')}>{names.department(row.department)}</Line>
            <Line name={t('print.state')}>{t(`state.${row.state}`)}</Line>
            {row.due !== undefined && (
              <Line name={t('print.due')}>{longDate(row.due, 'zh-CN')}</Line>
            )}
            {one.materials
              .filter((material) => material.state === 'promised')
              .map((material) => (
                <Line key={material.material} name={t('print.promised')}>
                  {names.material(material.material)}
                  {material.until !== undefined &&
                    `，${t('print.until', { day: longDate(material.until, 'zh-CN') })}`}
                </Line>
              ))}
            {told.reasons.length > 0 && (
              <Line name={t('print.reasons')}>
                {told.reasons.map((reason) => names.reason(reason)).join(' ')}
              </Line>
            )}
            {told.materials.length > 0 && (
              <Line name={t('print.bring')}>
                {told.materials.map((material) => names.material(material)).join('、')}
              </Line>
            )}
            {told.until !== undefined && (
              <Line name={t('print.by')}>{longDate(told.until, 'zh-CN')}</Line>
            )}
            {told.words !== undefined && <Line name={t('print.words')}>{told.words}</Line>}
          </section>
        );
      })}
    </Sheet>
  );
}
