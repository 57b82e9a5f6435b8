import { parseResidentId } from '@tongban/core';
import type { AskFailure } from '@tongban/sync';
import {
  Fault,
  Icon,
  InDock,
  Keypad,
  KeypadDock,
  KeypadDockSlot,
  Primary,
  Screen,
} from '@tongban/ui';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../visit/SessionProvider.tsx';

interface PrivateScreenProps {
  readonly open: (residentId: string) => Promise<AskFailure | undefined>;
  readonly onBack: () => void;
}

/** The private half needs the ID number as well as the receipt. It is sent, and kept nowhere. */
export function PrivateScreen({ open, onBack }: PrivateScreenProps) {
  const { t } = useTranslation();
  const { terminal } = useSession();
  const [number, setNumber] = useState('');
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<AskFailure>();
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const parsed = parseResidentId(number, terminal.clock.now());
  const label = t('journey:identity.idNumber');

  const ask = () => {
    setTried(true);
    if (!parsed.ok) return;
    setBusy(true);
    void open(parsed.value.number).then((failed) => {
      setBusy(false);
      setFailure(failed);
    });
  };
  const type = (text: string) => {
    setNumber(text.toUpperCase().replace(/[^0-9X]/g, ''));
    setFailure(undefined);
  };

  return (
    <KeypadDock>
      <Screen
        name="progress-private"
        heading={t('kiosk:progress.privateHeading')}
        lead={t('kiosk:progress.privateLead')}
        onBack={onBack}
        act={
          <>
            <KeypadDockSlot />
            <Primary busy={busy} onPress={ask}>
              {t('kiosk:progress.privateOpen')}
            </Primary>
          </>
        }
      >
        <div className="field">
          <label className="field-label" htmlFor="private-id">
            {label}
          </label>
          <input
            id="private-id"
            ref={input}
            className="typed typed-number"
            type="text"
            inputMode="none"
            dir="ltr"
            autoComplete="off"
            value={number}
            aria-invalid={tried && !parsed.ok}
            aria-describedby={tried && !parsed.ok ? 'private-id-fault' : undefined}
            onChange={(event) => type(event.target.value)}
          />
          {tried && !parsed.ok && (
            <Fault
              id="private-id-fault"
              fault={number === '' ? 'required' : parsed.error}
              label={label}
            />
          )}
          {failure && (
            <p className="fault" role="alert">
              <Icon name="attention" />
              <span>{t(`fault:ask.${failure}`)}</span>
            </p>
          )}
        </div>
        <InDock>
          <Keypad
            kind="id"
            onKey={(key) => type(number + key)}
            onDelete={() => type(number.slice(0, -1))}
            onClear={() => type('')}
          />
        </InDock>
      </Screen>
    </KeypadDock>
  );
}
