import type { Receipt } from '@tongban/core';
import { QrCode } from '@tongban/ui';
import { useTranslation } from 'react-i18next';
import { Answer } from '../frame/Answer.tsx';

/** The receipt as a code, for a kiosk or a counter to read. */
export function ReceiptCode({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation();
  return (
    <Answer heading={t('phone:case.code')}>
      <div className="p-code">
        <QrCode text={receipt.code} label={t('phone:case.codeLabel')} />
        <p>{t('phone:case.codeLead')}</p>
      </div>
    </Answer>
  );
}
