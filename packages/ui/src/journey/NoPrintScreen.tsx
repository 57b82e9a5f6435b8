import type { PrinterFailure, Receipt } from '@tongban/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { QrCode } from '../code/QrCode.tsx';
import { Primary, Second } from '../control/Button.tsx';
import { Screen } from '../frame/Screen.tsx';
import { CaseNumberLines } from './CaseNumberLines.tsx';

interface NoPrintScreenProps {
  readonly failure: PrinterFailure;
  readonly receipt: Receipt;
  /** The centre has it. */
  readonly received: boolean;
  readonly name: ReactNode;
  readonly busy: boolean;
  readonly onAgain: () => void;
  readonly onWithout: () => void;
}

/** The printer cannot: nothing is lost, and there are other ways to hold the receipt. */
export function NoPrintScreen(props: NoPrintScreenProps) {
  const { t } = useTranslation();
  const { failure, receipt, received, name, busy, onAgain, onWithout } = props;
  return (
    <Screen
      name="no-print"
      what={name}
      step={5}
      eyebrow={[t(received ? 'journey:noPrint.received' : 'journey:noPrint.saved')]}
      heading={t(`journey:noPrint.heading.${failure}`)}
      drawing={<PrinterDrawing label={t('journey:noPrint.drawing')} />}
      onBack={onWithout}
      act={
        <>
          <Primary icon="printer" busy={busy} onPress={onAgain}>
            {t('journey:noPrint.again')}
          </Primary>
          <Second icon="check" onPress={onWithout}>
            {t('journey:noPrint.without')}
          </Second>
        </>
      }
    >
      <div className="casebox">
        <div className="casebox-words">
          <b className="casebox-title">{t('journey:noPrint.phone')}</b>
          <span className="quiet">{t('journey:noPrint.phoneNote')}</span>
          <span className="quiet casebox-low">{t('journey:noPrint.number')}</span>
          <CaseNumberLines number={receipt.number} small />
        </div>
        <div className="casebox-code">
          <QrCode text={receipt.code} label={t('journey:receipt.code')} />
        </div>
      </div>
      <h2 className="section-title">{t('journey:noPrint.paper')}</h2>
      <ol className="next-steps next-steps-tall">
        <li>
          <b>{t('journey:noPrint.counter')}</b>
          <span>{t('journey:noPrint.counterWhat')}</span>
        </li>
        <li>
          <b>{t('journey:noPrint.wait')}</b>
          <span>{t('journey:noPrint.waitWhat')}</span>
        </li>
      </ol>
    </Screen>
  );
}

function PrinterDrawing({ label }: { readonly label: string }) {
  return (
    <svg
      className="printer-drawing"
      viewBox="18 36 284 254"
      fill="none"
      stroke="var(--ink)"
      strokeWidth="4"
      role="img"
      aria-label={label}
    >
      <path d="M20 116h280v150H20z" fill="var(--sheet)" />
      <path d="M56 116V40h208v76" />
      <path d="M70 168h180" strokeWidth="10" />
      <path d="M84 176v112h152V176" stroke="var(--edge)" strokeDasharray="10 10" strokeWidth="3" />
      <circle cx="272" cy="144" r="8" fill="var(--ink)" />
    </svg>
  );
}
