import type { OutboxState, PrinterFailure, PublicStatus, Receipt } from '@tongban/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { QrCode } from '../code/QrCode.tsx';
import { Primary, Second } from '../control/Button.tsx';
import { Screen } from '../frame/Screen.tsx';
import { underWay } from '../frame/underWay.ts';
import { useOutbox } from '../frame/useLine.ts';
import { timeOfDay } from '../language/format.ts';
import { Local, Own, useLocal } from '../language/Local.tsx';
import { Chain } from '../progress/Chain.tsx';
import { useSurroundings } from '../setting/surroundings.tsx';
import { type Arrival, arrivalOf } from './arrival.ts';
import { CaseNumberLines } from './CaseNumberLines.tsx';
import { useJourney, useSnapshot } from './journey.ts';
import { maskedId } from './masked.ts';
import { NoPrintScreen } from './NoPrintScreen.tsx';
import { receiptSlip } from './receiptSlip.ts';
import { useTask } from './useTask.ts';

interface ReceiptScreenProps {
  readonly receipt: Receipt;
  readonly onRate?: () => void;
  readonly onAnother?: () => void;
}

/** Saved here, reported, received, accepted: what is true so far, the number, and what happens next. */
export function ReceiptScreen({ receipt, onRate, onAnother }: ReceiptScreenProps) {
  const { t } = useTranslation();
  const { language } = useSurroundings();
  const local = useLocal();
  const { visit, place } = useJourney();
  const { plan, draft, needsConfirmation } = useSnapshot(visit);
  const entry = useOutbox(place.outbox).find((each) => each.receiptNumber === receipt.number);
  const cases = useCases(receipt.number);
  const arrival = arrivalOf(receipt, entry, cases);
  const print = useTask<PrinterFailure>();
  const [printed, setPrinted] = useState(false);
  const { printer } = place;
  const name =
    draft.answers['applicant.name']?.value ?? draft.evidence.at(-1)?.attributes.name ?? '';
  const number =
    draft.answers['applicant.residentId']?.value ??
    draft.evidence.at(-1)?.attributes.residentId ??
    '';

  const doPrint = () => {
    if (printer === undefined) return;
    const done = place.hold('printing');
    print.run(
      () =>
        printer
          .print(receiptSlip({ receipt, name: local(plan.name), applicant: name, language, t }))
          .finally(done),
      () => setPrinted(true),
    );
  };

  if (print.failure !== undefined)
    return (
      <NoPrintScreen
        failure={print.failure}
        receipt={receipt}
        received={arrival.at !== 'saved'}
        name={<Local text={plan.name} />}
        busy={print.busy}
        onAgain={doPrint}
        onWithout={print.clear}
      />
    );

  return (
    <Screen
      name="receipt"
      instance={receipt.number}
      what={<Local text={plan.name} />}
      step={5}
      heading={t(`journey:receipt.heading.${arrival.at}`)}
      lead={<span className="lead-strong">{t(`journey:receipt.lead.${arrival.at}`)}</span>}
      act={
        <>
          {printer ? (
            <Primary icon="printer" busy={print.busy} onPress={doPrint}>
              {t(printed ? 'journey:receipt.printAgain' : 'journey:receipt.print')}
            </Primary>
          ) : (
            onAnother && (
              <Primary icon="document" onPress={onAnother}>
                {t('journey:receipt.another')}
              </Primary>
            )
          )}
          <div className="pair">
            {onRate && (
              <Second icon="pencil" onPress={onRate}>
                {t('journey:receipt.rate')}
              </Second>
            )}
            {printer && onAnother && (
              <Second icon="document" onPress={onAnother}>
                {t('journey:receipt.another')}
              </Second>
            )}
          </div>
        </>
      }
    >
      <Arrivals arrival={arrival} outbox={entry?.state} />
      <div className="casebox">
        <div className="casebox-words">
          <span className="quiet">{t('journey:receipt.number')}</span>
          <CaseNumberLines number={receipt.number} />
          <p>
            <Local text={plan.name} />
            {plan.items.length > 1 && t('journey:receipt.items', { count: plan.items.length })}
            <br />
            <Own>{name}</Own> <bdi>{maskedId(number)}</bdi>
          </p>
        </div>
        <div className="casebox-code">
          <QrCode text={receipt.code} label={t('journey:receipt.code')} />
          <span>{t('journey:receipt.scan')}</span>
        </div>
      </div>
      <h2 className="section-title">{t('journey:receipt.next')}</h2>
      <ol className="next-steps">
        {arrival.at === 'saved' && (
          <li>
            <span>{t('journey:receipt.whenBack')}</span>
            <span>{t('journey:receipt.whenBackWhat')}</span>
          </li>
        )}
        {needsConfirmation && (
          <li>
            <span>{t('journey:receipt.counter')}</span>
            <span>{t('journey:receipt.counterWhat')}</span>
          </li>
        )}
        <li>
          <span>{t('journey:receipt.afterReceiving')}</span>
          <span>{t('journey:receipt.afterReceivingWhat')}</span>
        </li>
        <li>
          <span>
            {plan.days === 0
              ? t('common:days.sameDay')
              : t('journey:receipt.within', { count: plan.days })}
          </span>
          <span>
            {plan.items.length > 1
              ? t('journey:receipt.withinAll', { count: plan.items.length })
              : t('journey:receipt.withinOne')}
          </span>
        </li>
      </ol>
      <p className="spoken">{timeOfDay(receipt.sealedAt, language)}</p>
    </Screen>
  );
}

/** Public status of the cases under this receipt, as far as this device knows. */
function useCases(receiptNumber: string): readonly PublicStatus[] {
  const { place } = useJourney();
  const [cases, setCases] = useState<readonly PublicStatus[]>([]);
  useEffect(() => {
    let gone = false;
    const look = () =>
      void place.lastKnown(receiptNumber).then((known) => {
        if (!gone && known !== undefined) setCases(known.cases);
      });
    look();
    const stop = place.watchStatus(look);
    return () => {
      gone = true;
      stop();
    };
  }, [place, receiptNumber]);
  return cases;
}

function Arrivals({
  arrival,
  outbox,
}: {
  readonly arrival: Arrival;
  readonly outbox: OutboxState | undefined;
}) {
  const { t } = useTranslation();
  const { language } = useSurroundings();
  const part = underWay([outbox]);
  const waiting = (name: Arrival['points'][number]['name']) =>
    name === 'sent' && part !== undefined
      ? t('common:sendingPart', part)
      : t(`journey:receipt.wait.${name}`);
  const points = arrival.points.map((point) => ({
    label: t(`journey:receipt.point.${point.name}`),
    done: point.at !== undefined,
    note:
      point.at === undefined
        ? waiting(point.name)
        : t(`journey:receipt.said.${point.name}`, { time: timeOfDay(point.at, language) }),
  }));
  return <Chain points={points} label={t('journey:receipt.chain')} />;
}
