import { type PrinterFailure, parseCaseNumber, type Receipt } from '@tongban/core';
import {
  Icon,
  KeypadDock,
  KeypadDockSlot,
  Primary,
  type ScannedCode,
  Scanner,
  Screen,
  Second,
  useHandScan,
  useTask,
} from '@tongban/ui';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession, useVisitState } from '../visit/SessionProvider.tsx';
import { useHold } from '../visit/useHold.ts';
import { NumberField } from './NumberField.tsx';
import { ProgressScreen } from './ProgressScreen.tsx';
import { printAgain } from './printAgain.ts';

interface AskScreenProps {
  readonly purpose: 'progress' | 'print';
}

/** Progress, or a print: by scanning the receipt, or by typing its number. */
export function AskScreen({ purpose }: AskScreenProps) {
  const { visit } = useSession();
  const shown = useVisitState().context.receipt;
  const [receipt, setReceipt] = useState(shown);
  const [number, setNumber] = useState<string>();
  const [typing, setTyping] = useState(false);
  const back = () => visit.send({ type: 'back' });

  if (purpose === 'progress' && (receipt !== undefined || number !== undefined))
    return (
      <ProgressScreen
        number={receipt?.number ?? number ?? ''}
        {...(receipt && { receipt })}
        onBack={() => {
          setReceipt(undefined);
          setNumber(undefined);
        }}
        onShow={() => {
          setNumber(undefined);
          setTyping(false);
        }}
      />
    );
  if (purpose === 'print' && receipt !== undefined)
    return <PrintScreen receipt={receipt} onBack={() => setReceipt(undefined)} />;
  return typing ? (
    <TypeScreen onBack={() => setTyping(false)} onNumber={setNumber} onReceipt={setReceipt} />
  ) : (
    <ScanScreen
      purpose={purpose}
      onBack={back}
      onReceipt={setReceipt}
      {...(purpose === 'progress' && { onType: () => setTyping(true) })}
    />
  );
}

interface ScanScreenProps extends AskScreenProps {
  readonly onBack: () => void;
  readonly onReceipt: (receipt: Receipt) => void;
  readonly onType?: () => void;
}

function ScanScreen({ purpose, onBack, onReceipt, onType }: ScanScreenProps) {
  const { t } = useTranslation();
  useHold('scanning');
  const onCode = useReceiptCode(onReceipt);
  // Here and not with the camera, which may still be on its way.
  useHandScan(onCode);
  return (
    <Screen
      name={purpose === 'progress' ? 'ask' : 'print'}
      heading={t(`kiosk:ask.heading.${purpose}`)}
      lead={t(`kiosk:ask.lead.${purpose}`)}
      onBack={onBack}
      act={
        onType && (
          <Second icon="keypad" onPress={onType}>
            {t('kiosk:ask.type')}
          </Second>
        )
      }
    >
      <div className="scan-stage">
        <Suspense fallback={<p className="opening">{t('common:opening')}</p>}>
          <Scanner look="inset" onCode={onCode} />
        </Suspense>
      </div>
    </Screen>
  );
}

/** Takes the code of a receipt; answers that another one is none. */
function useReceiptCode(onReceipt: (receipt: Receipt) => void) {
  const { t } = useTranslation();
  return async ({ meaning }: ScannedCode): Promise<string | undefined> => {
    if (meaning.kind !== 'receipt') return t('kiosk:ask.notReceipt');
    onReceipt(meaning.receipt);
    return undefined;
  };
}

interface TypeScreenProps {
  readonly onBack: () => void;
  readonly onNumber: (number: string) => void;
  readonly onReceipt: (receipt: Receipt) => void;
}

function TypeScreen({ onBack, onNumber, onReceipt }: TypeScreenProps) {
  const { t } = useTranslation();
  useHandScan(useReceiptCode(onReceipt));
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const look = () => {
    const number = parseCaseNumber(text);
    setWrong(number === undefined);
    if (number !== undefined) onNumber(number);
  };
  return (
    <KeypadDock>
      <Screen
        name="ask-number"
        heading={t('kiosk:ask.numberHeading')}
        lead={t('kiosk:ask.numberLead')}
        onBack={onBack}
        act={
          <>
            <KeypadDockSlot />
            <Primary icon="search" onPress={look}>
              {t('kiosk:ask.look')}
            </Primary>
          </>
        }
      >
        <NumberField text={text} onText={setText} wrong={wrong} />
      </Screen>
    </KeypadDock>
  );
}

/** A receipt once more on paper. */
function PrintScreen({
  receipt,
  onBack,
}: {
  readonly receipt: Receipt;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const { terminal, presence, visit } = useSession();
  const { printer } = terminal;
  const task = useTask<PrinterFailure>();
  const [done, setDone] = useState(false);
  const print = () => {
    if (printer === undefined) return;
    presence.send({ type: 'hold', why: 'printing' });
    task.run(
      () =>
        printAgain(printer, receipt, t).finally(() =>
          presence.send({ type: 'release', why: 'printing' }),
        ),
      () => setDone(true),
    );
  };
  return (
    <Screen
      name="print-receipt"
      instance={done ? 'done' : 'ready'}
      heading={t(
        printer === undefined
          ? 'kiosk:print.none'
          : done
            ? 'kiosk:print.done'
            : 'kiosk:print.heading',
      )}
      lead={
        printer === undefined || task.failure
          ? undefined
          : t(done ? 'kiosk:print.doneLead' : 'kiosk:print.lead')
      }
      onBack={onBack}
      act={
        <>
          {(done || printer === undefined) && (
            <Primary icon="exit" onPress={() => visit.send({ type: 'end' })}>
              {t('common:nav.end')}
            </Primary>
          )}
          {printer !== undefined && !done && (
            <Primary icon="printer" busy={task.busy} onPress={print}>
              {t('journey:receipt.print')}
            </Primary>
          )}
          {printer !== undefined && done && (
            <Second icon="printer" busy={task.busy} onPress={print}>
              {t('journey:receipt.printAgain')}
            </Second>
          )}
        </>
      }
    >
      {task.failure && (
        <p className="fault fault-wide" role="alert">
          <Icon name="attention" />
          <span>{t(`kiosk:print.fault.${task.failure}`)}</span>
        </p>
      )}
    </Screen>
  );
}
