import { type Draft, type Plan, type Receipt, spacedCaseNumber, spacedSecret } from '@tongban/core';
import { longDate, QrCode, timeOfDay } from '@tongban/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CounterPlace } from '../filing/filings.ts';
import { Line, Sheet } from './Sheet.tsx';

/** 收件凭证: what was handed in, by whom, with whose help, and the code that opens its progress. */
export function ReceiptPrint(props: {
  readonly draft: Draft;
  readonly plan: Plan;
  readonly receipt: Receipt;
  readonly place: CounterPlace;
}): ReactNode {
  const { i18n } = useTranslation();
  const t = i18n.getFixedT('zh-CN', 'staff');
  const { draft, plan, receipt, place } = props;
  const promised = plan.materials.filter(
    ({ material }) => draft.materials[material.id]?.state === 'promised',
  );
  return (
    <Sheet
      title={t('print.receipt')}
      number={spacedCaseNumber(receipt.number)}
      foot={[
        place.device.enrolment()?.hall ?? t('print.hall'),
        `${longDate(receipt.sealedAt, 'zh-CN')} ${timeOfDay(receipt.sealedAt, 'zh-CN')}`,
        t('print.receiptNote'),
      ]}
    >
      <div className="print-code">
        <QrCode text={receipt.code} label={t('filed.code')} />
      </div>
      <Line name={t('print.secret')}>{spacedSecret(receipt)}</Line>
      <Line name={t('print.what')}>{plan.name['zh-CN']}</Line>
      {plan.items.length > 1 && (
        <Line name={t('print.items')}>
          {plan.items.map(({ item }) => item.name['zh-CN']).join('、')}
        </Line>
      )}
      <Line name={t('print.applicant')}>{draft.evidence.at(-1)?.attributes.name}</Line>
      {draft.filing.mode === 'assisted' && (
        <Line name={t('filing.assisted')}>
          {draft.filing.staffName}（{draft.filing.staff}）
        </Line>
      )}
      {promised.length > 0 && (
        <Line name={t('print.promised')}>
          {promised
            .map(
              ({ material }) =>
                `${material.name['zh-CN']}（${t('gap.days', { count: material.gapDays ?? 0 })}）`,
            )
            .join('、')}
        </Line>
      )}
    </Sheet>
  );
}
