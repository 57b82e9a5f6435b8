import { sha256 } from '@tongban/core';
import i18next from 'i18next';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icon/Icon.tsx';
import type { StaffDocument } from './documents.ts';

/** Whether the paper is still as it was signed, in words, with the fingerprint of the bytes that are shown. */
export function Verdict(props: {
  readonly verdict: NonNullable<StaffDocument['verdict']>;
  readonly bytes: Uint8Array;
}): ReactNode {
  const { t } = useTranslation('staff');
  const { verdict, bytes } = props;
  const [print, setPrint] = useState('');
  useEffect(() => {
    let over = false;
    void sha256(bytes).then((hash) => {
      if (!over) setPrint(fingerprint(hash));
    });
    return () => {
      over = true;
    };
  }, [bytes]);
  if (verdict.holds) {
    return (
      <p className="st-verdict">
        <Icon name="check" /> {t('verdict.holds')}
        <span>{t('verdict.print', { print })}</span>
      </p>
    );
  }
  // Signed on a phone without a line: whole, but nobody has vouched for the key yet. That is no forgery.
  const whole = verdict.reasons.every((reason) => reason === 'not-certified');
  return (
    <div
      className={whole ? 'st-verdict st-verdict-open' : 'st-verdict st-verdict-broken'}
      role={whole ? undefined : 'alert'}
    >
      <b>{t(whole ? 'verdict.whole' : 'verdict.broken')}</b>
      <ul>
        {verdict.reasons.map((reason) => (
          <li key={reason}>{known(reason) ? t(`verdict.${reason}`) : reason}</li>
        ))}
      </ul>
    </div>
  );
}

const known = (reason: string): boolean => i18next.exists(`staff:verdict.${reason}`);

/** First six bytes of a SHA-256, as people compare it: 7f3a 9c41 d0e2. */
function fingerprint(hash: Uint8Array): string {
  const hex = [...hash.slice(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}
