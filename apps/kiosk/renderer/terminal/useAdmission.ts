import type { Admission, AdmitFailure, Device } from '@tongban/sync';
import { useState, useSyncExternalStore } from 'react';

/** How the centre sees this terminal, as it last said. */
export function useAdmission(device: Device): Admission {
  return useSyncExternalStore(device.watchAdmission, device.admission);
}

/** Digits of an enrolment code. */
const digits = 16;

type Trouble = 'short' | 'wrong' | 'no-line' | 'not-now' | 'not-kept';

function troubleOf(failure: AdmitFailure): Trouble {
  return failure === 'no-line' || failure === 'not-now' ? failure : 'not-kept';
}

/** The code that staff type, in groups of four as it was given to them, and what became of the last try. */
export function useAdmitting(device: Device) {
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  return {
    code: (code.match(/.{1,4}/g) ?? []).join(' '),
    busy,
    trouble,
    type(text: string) {
      setTrouble(undefined);
      setCode(text.replace(/\D/g, '').slice(0, digits));
    },
    async send() {
      if (busy) return;
      if (code.length < digits) return setTrouble('short');
      setBusy(true);
      const said = await device.admit(code);
      setBusy(false);
      if (!said.ok) setTrouble(troubleOf(said.error));
      else if (said.value !== 'admitted') setTrouble('wrong');
    },
  };
}
