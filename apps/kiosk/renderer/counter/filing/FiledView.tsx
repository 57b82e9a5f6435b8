import { type OutboxEntry, type Receipt, spacedCaseNumber, type Visit } from '@tongban/core';
import { QrCode, underWay, useOutbox } from '@tongban/ui';
import { Act } from '@tongban/ui/staff';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CounterPlace } from './filings.ts';
import { useVisit } from './useVisit.ts';

/** After handing in: the receipt, and how far it has come. The words mean what the centre said, nothing more. */
export function FiledView(props: {
  readonly visit: Visit;
  readonly receipt: Receipt;
  readonly place: CounterPlace;
  /** The centre shows it in the list already. */
  readonly listed: boolean;
  onPrint(): void;
  onOpen(): void;
  onDone(): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { draft, plan } = useVisit(props.visit);
  const entries = useOutbox(props.place.device.outbox);
  const entry = entries.find((one) => one.submissionId === draft.submissionId);
  const { receipt } = props;
  return (
    <section className="filing-done" aria-label={t('filed.title')} data-screen="receipt">
      <h1>{plan.name['zh-CN']}</h1>
      <p className="filing-done-state" role="status">
        {stateWords(entry, t)}
      </p>
      <div className="filing-done-receipt">
        <QrCode text={receipt.code} label={t('filed.code')} />
        <dl>
          <dt>{t('filed.number')}</dt>
          <dd>{spacedCaseNumber(receipt.number)}</dd>
          <dt>{t('filed.applicant')}</dt>
          <dd>{draft.evidence.at(-1)?.attributes.name}</dd>
          {draft.filing.mode === 'assisted' && (
            <>
              <dt>{t('filing.assisted')}</dt>
              <dd>
                {draft.filing.staffName} {draft.filing.staff}
              </dd>
            </>
          )}
        </dl>
      </div>
      <div className="filing-done-acts">
        <Act name={t('filed.print')} keys={['P']} tone="primary" onPress={props.onPrint} />
        <Act
          name={t('filed.open')}
          keys={['Enter']}
          why={props.listed ? undefined : t('filed.notListed')}
          onPress={props.onOpen}
        />
        <Act name={t('filed.done')} keys={['Esc']} onPress={props.onDone} />
      </div>
    </section>
  );
}

function stateWords(
  entry: OutboxEntry | undefined,
  t: ReturnType<typeof useTranslation<'staff'>>['t'],
): string {
  if (entry === undefined) return t('filed.saved');
  if (entry.state.at === 'saved' && entry.state.waits !== undefined) return t('filed.closed');
  const part = underWay([entry.state]);
  if (part !== undefined) return t('common:sendingPart', part);
  return t(`filed.${entry.state.at}`);
}
