import type { Catalogue, Receipt, StoreFailure } from '@tongban/core';
import { Act, type Names, Overlay, useKeys } from '@tongban/ui/staff';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReceiptPrint } from '../print/ReceiptPrint.tsx';
import type { Filing } from '../useFilings.ts';
import { FiledView } from './FiledView.tsx';
import { FilingPane } from './FilingPane.tsx';
import { FilingSide } from './FilingSide.tsx';
import type { CounterPlace } from './filings.ts';
import { SignDialog } from './SignDialog.tsx';
import { useVisit } from './useVisit.ts';

/** An application at the window: filled in, signed, handed in, put away. */
export function FilingView(props: {
  readonly filing: Filing;
  readonly place: CounterPlace;
  readonly catalogue: Catalogue;
  readonly names: Names;
  readonly listed: boolean;
  onFiled(receipt: Receipt): void;
  onHandOn(): void;
  /** Ends it; with a receipt number the case is opened next. */
  onEnd(receiptNumber?: string): void;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { filing, place, names } = props;
  const { visit, receipt } = filing;
  const { draft } = useVisit(visit);
  const [signing, setSigning] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [failure, setFailure] = useState<StoreFailure>();

  const sign = async () => {
    // The field that is being typed in is handed on first; the turn after it sees its answer.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const kept = await visit.goTo('sign');
    if (!kept.ok) setFailure(kept.error);
    else if (visit.snapshot().missing.length === 0) setSigning(true);
  };
  useKeys(
    receipt === undefined
      ? [{ key: 'Ctrl+Enter', run: () => void sign() }]
      : [
          { key: 'P', run: () => window.print() },
          { key: 'Enter', run: () => props.listed && props.onEnd(receipt.number) },
          { key: 'Escape', run: () => props.onEnd() },
        ],
  );

  if (receipt !== undefined) {
    return (
      <main className="counter-filed">
        <FiledView
          visit={visit}
          receipt={receipt}
          place={place}
          listed={props.listed}
          onPrint={() => window.print()}
          onOpen={() => props.onEnd(receipt.number)}
          onDone={() => props.onEnd()}
        />
        <ReceiptPrint draft={draft} plan={visit.snapshot().plan} receipt={receipt} place={place} />
      </main>
    );
  }
  return (
    <>
      <main className="counter-case counter-scroll">
        <FilingPane
          visit={visit}
          place={place}
          catalogue={props.catalogue}
          names={names}
          onFailure={setFailure}
        />
      </main>
      <FilingSide
        visit={visit}
        names={names}
        fault={failure && t(`fault:store.${failure}`)}
        onSign={() => void sign()}
        onHandOn={props.onHandOn}
        onAbandon={() => setLeaving(true)}
      />
      {signing && (
        <SignDialog
          visit={visit}
          place={place}
          onClose={() => setSigning(false)}
          onFiled={(filed) => {
            setSigning(false);
            props.onFiled(filed);
          }}
        />
      )}
      {leaving && (
        <Overlay title={t('filing.abandon')} onClose={() => setLeaving(false)}>
          <p>{t('filing.abandonNote')}</p>
          <div className="filing-leave">
            <Act name={t('filing.abandonYes')} tone="danger" onPress={() => props.onEnd()} />
            <Act name={t('filing.abandonNo')} onPress={() => setLeaving(false)} />
          </div>
        </Overlay>
      )}
    </>
  );
}
