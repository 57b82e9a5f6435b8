import { parseCaseNumber, parseReceipt } from '@tongban/core';
import { Primary, Screen, Second } from '@tongban/ui';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';
import { lookUp } from '../own/lookedUp.ts';
import { back, go } from '../route/useRoute.ts';

/** Where something stands: by the receipt's code, or by what is printed under it. */
export function AskScreen() {
  const { t } = useTranslation();
  const { device } = usePhone();
  const [number, setNumber] = useState('');
  const [secret, setSecret] = useState('');
  const [fault, setFault] = useState<string>();
  const id = useId();

  const ask = async () => {
    const pasted = parseReceipt(number.trim());
    if (pasted !== undefined) {
      lookUp(pasted);
      return go({ at: 'case', receipt: pasted.number });
    }
    const parsed = parseCaseNumber(number);
    if (parsed === undefined) return setFault('phone:ask.fault.number');
    const own = (await device.receipts.list()).some((receipt) => receipt.number === parsed);
    if (own) return go({ at: 'case', receipt: parsed });
    // It is printed in groups.
    const code = secret.replace(/\s/g, '');
    if (!/^[A-Za-z0-9_-]{22}$/.test(code)) return setFault('phone:ask.fault.secret');
    lookUp({ number: parsed, secret: code, manifestHash: '', sealedAt: '', target: '', code: '' });
    go({ at: 'case', receipt: parsed });
  };

  const said = fault !== undefined && (
    <p className="fault" id={`${id}f`} role="alert">
      {t(fault)}
    </p>
  );

  return (
    <Screen
      name="ask"
      heading={t('phone:ask.heading')}
      lead={t('phone:ask.lead')}
      onBack={back}
      act={<Primary onPress={() => void ask()}>{t('phone:ask.go')}</Primary>}
    >
      <div className="p-form">
        <Second icon="code" onPress={() => go({ at: 'scan' })}>
          {t('phone:ask.scan')}
        </Second>
        <div className="field">
          <label className="field-label" htmlFor={`${id}n`}>
            {t('phone:ask.number')}
          </label>
          <input
            id={`${id}n`}
            className="typed typed-number"
            value={number}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            dir="ltr"
            aria-invalid={fault === 'phone:ask.fault.number'}
            aria-describedby={fault === 'phone:ask.fault.number' ? `${id}f` : undefined}
            onChange={(event) => {
              setNumber(event.target.value);
              setFault(undefined);
            }}
          />
          {fault === 'phone:ask.fault.number' && said}
        </div>
        <div className="field">
          <label className="field-label" htmlFor={`${id}s`}>
            <span>{t('phone:ask.secret')}</span>
            <small>{t('phone:ask.secretNote')}</small>
          </label>
          <input
            id={`${id}s`}
            className="typed typed-number"
            value={secret}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            dir="ltr"
            aria-invalid={fault === 'phone:ask.fault.secret'}
            aria-describedby={fault === 'phone:ask.fault.secret' ? `${id}f` : undefined}
            onChange={(event) => {
              setSecret(event.target.value);
              setFault(undefined);
            }}
          />
          {fault === 'phone:ask.fault.secret' && said}
        </div>
      </div>
    </Screen>
  );
}
