import { type Language, spacedCaseNumber } from '@tongban/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { underWay } from '../../frame/underWay.ts';
import { useOutbox } from '../../frame/useLine.ts';
import { shortDate, timeOfDay } from '../../language/format.ts';
import { Act } from '../Act.tsx';
import { Overlay } from '../Overlay.tsx';
import { type PackedTray, type TrayDesk, trayOf, wordsFor } from './desk.ts';
import { Packed } from './Packed.tsx';
import { TakeIn } from './TakeIn.tsx';

/**
 * What has not reached the centre and why, in plain words: to be sent again, or carried to another machine. Staff see
 * numbers and times; nobody can read what is inside.
 */
export function Tray(props: {
  readonly desk: TrayDesk;
  /** Saves a file where the person says; false when they did not. */
  save(name: string, parts: readonly Uint8Array<ArrayBuffer>[]): Promise<boolean>;
  onClose(): void;
}): ReactNode {
  const { t, i18n } = useTranslation('staff');
  const language = i18n.language as Language;
  const { desk } = props;
  const rows = trayOf(useOutbox(desk.outbox));
  const [packed, setPacked] = useState<PackedTray>();
  const [busy, setBusy] = useState(false);
  const moment = (iso: string) => `${shortDate(iso, language)} ${timeOfDay(iso, language)}`;

  async function pack() {
    setBusy(true);
    try {
      setPacked(await desk.carry.pack(rows.map(({ submissionId }) => submissionId)));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Overlay title={t('tray.title')} wide onClose={props.onClose}>
      <p>{t(rows.length === 0 ? 'tray.empty' : 'tray.lead')}</p>
      <ul className="st-tray" aria-label={t('tray.title')}>
        {rows.map(({ submissionId, receiptNumber, createdAt, state, carriedAt }) => {
          const part = underWay([state]);
          return (
            <li key={submissionId}>
              <div>
                <b>{spacedCaseNumber(receiptNumber)}</b>
                <small>{moment(createdAt)}</small>
              </div>
              <p>
                {part === undefined ? t(`tray.${wordsFor(state)}`) : t('common:sendingPart', part)}
                {carriedAt !== undefined && (
                  <small>{t('tray.carried', { time: moment(carriedAt) })}</small>
                )}
              </p>
              {state.at === 'set-aside' && (
                <Act name={t('tray.resend')} onPress={() => void desk.resend(submissionId)} />
              )}
            </li>
          );
        })}
      </ul>
      {packed === undefined ? (
        <Act
          name={t('tray.pack', { count: rows.length })}
          tone="primary"
          busy={busy}
          why={rows.length === 0 ? t('tray.nothing') : undefined}
          onPress={() => void pack()}
        />
      ) : (
        <Packed
          packed={packed}
          save={props.save}
          onSaved={() => void desk.carry.carried(packed.packed)}
        />
      )}
      <TakeIn desk={desk} />
    </Overlay>
  );
}
