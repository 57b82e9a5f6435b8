import { type Result, spacedCaseNumber } from '@tongban/core';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Act } from '../Act.tsx';
import type { TakenInRow, TrayDesk } from './desk.ts';

/** Takes in what another machine packed. Doing it twice does nothing twice. */
export function TakeIn({ desk }: { readonly desk: TrayDesk }): ReactNode {
  const { t } = useTranslation('staff');
  const [file, setFile] = useState<File>();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Result<readonly TakenInRow[], string>>();
  const id = useId();

  async function take(event: FormEvent) {
    event.preventDefault();
    if (file === undefined || busy) return;
    setBusy(true);
    try {
      setAnswer(await desk.carry.takeIn(new Uint8Array(await file.arrayBuffer()), code));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="st-tray-in" onSubmit={(event) => void take(event)}>
      <h3>{t('tray.takeIn')}</h3>
      <label htmlFor={`${id}f`}>{t('tray.file')}</label>
      <input
        id={`${id}f`}
        type="file"
        accept=".tbx"
        onChange={(event) => setFile(event.target.files?.[0])}
      />
      <label htmlFor={`${id}c`}>{t('tray.code')}</label>
      <input
        id={`${id}c`}
        value={code}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setCode(event.target.value)}
      />
      <Act
        type="submit"
        name={t('tray.go')}
        busy={busy}
        why={file === undefined || code.trim() === '' ? t('tray.both') : undefined}
      />
      {answer !== undefined && !answer.ok && (
        <p className="st-fault" role="alert">
          {t(`tray.failure.${answer.error}`)}
        </p>
      )}
      {answer?.ok === true && (
        <ul role="status">
          {answer.value.map(({ submissionId, receiptNumber, outcome }) => (
            <li key={submissionId}>
              <b>{spacedCaseNumber(receiptNumber)}</b> {t(`tray.outcome.${outcome}`)}
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
