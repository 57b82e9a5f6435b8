import type { Receipt } from '@tongban/core';
import { Dialog, Primary } from '@tongban/ui';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhone } from '../device/PhoneState.tsx';

interface PrivateWordsProps {
  readonly receipt: Receipt;
  readonly caseNumber: string;
}

/**
 * The official's own words about a case. They may name people, so they are asked for with the ID number
 * (or by a signed-in citizen), shown, and never written to this phone.
 */
export function PrivateWords({ receipt, caseNumber }: PrivateWordsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="p-text-button" onClick={() => setOpen(true)}>
        {t('phone:notice.read')}
      </button>
      {open && <Words receipt={receipt} caseNumber={caseNumber} onClose={() => setOpen(false)} />}
    </>
  );
}

function Words({ receipt, caseNumber, onClose }: PrivateWordsProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const { device } = usePhone();
  const [residentId, setResidentId] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const [words, setWords] = useState<readonly string[]>();
  const id = useId();

  const ask = async () => {
    setBusy(true);
    setFault(undefined);
    const typed = residentId.toUpperCase().replaceAll(/[\s-]/g, '');
    const answer = await device.askStatus({
      receiptNumber: receipt.number,
      secret: receipt.secret,
      ...(typed === '' ? {} : { residentId: typed }),
    });
    setBusy(false);
    if (!answer.ok) return setFault(t(`phone:notice.fault.${answer.error}`));
    const { notes } = answer.value;
    if (notes === undefined) return setFault(t('phone:notice.fault.id-needed'));
    setWords(notes.filter((note) => note.caseNumber === caseNumber).map((note) => note.text));
  };

  return (
    <Dialog
      name="private-words"
      heading={t('phone:notice.read')}
      onClose={onClose}
      {...(words === undefined && {
        act: (
          <Primary busy={busy} onPress={() => void ask()}>
            {t('phone:notice.ask')}
          </Primary>
        ),
      })}
    >
      {words === undefined ? (
        <div className="p-form">
          <p>{t('phone:notice.askLead')}</p>
          <div className="field">
            <label className="field-label" htmlFor={id}>
              {t('phone:notice.residentId')}
            </label>
            <input
              id={id}
              className="typed typed-number"
              dir="ltr"
              autoComplete="off"
              spellCheck={false}
              value={residentId}
              aria-describedby={fault === undefined ? undefined : `${id}f`}
              onChange={(event) => setResidentId(event.target.value)}
            />
          </div>
          {fault !== undefined && (
            <p className="fault" id={`${id}f`} role="alert">
              {fault}
            </p>
          )}
        </div>
      ) : words.length === 0 ? (
        <p>{t('phone:notice.noWords')}</p>
      ) : (
        words.map((text) => (
          <blockquote key={text} className="p-words" lang="zh-CN" dir="auto">
            {text}
          </blockquote>
        ))
      )}
    </Dialog>
  );
}
