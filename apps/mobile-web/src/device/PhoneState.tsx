import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import type { Phone } from './openPhone.ts';

export type PhoneState =
  | { readonly at: 'opening' }
  | { readonly at: 'ready'; readonly phone: Phone }
  /** This browser keeps nothing for us: a private window, or storage switched off. */
  | { readonly at: 'refused' }
  /** There is no room left, not even to open what lies here. */
  | { readonly at: 'full' };

const Context = createContext<PhoneState>({ at: 'opening' });

export function usePhoneState(): PhoneState {
  return use(Context);
}

/** Opens the phone once the first screen stands: store, keys and sender are fetched after it. */
export function PhoneProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<PhoneState>({ at: 'opening' });
  const [broken, setBroken] = useState<{ readonly fault: unknown }>();

  useEffect(() => {
    let left = false;
    // Painted first, opened then: two frames later the home is on the screen.
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        import('./openPhone.ts')
          .then(({ openPhone }) => openPhone())
          .then(
            (opened) => {
              if (!opened.ok)
                setState({ at: opened.error === 'quota-exceeded' ? 'full' : 'refused' });
              else if (left) void opened.value.device.close();
              else setState({ at: 'ready', phone: opened.value });
            },
            (fault: unknown) => setBroken({ fault }),
          );
      }),
    );
    return () => {
      left = true;
      cancelAnimationFrame(frame);
    };
  }, []);

  if (broken !== undefined) throw broken.fault;
  return <Context value={state}>{children}</Context>;
}

/** The phone, for screens that are only shown once it is ready. */
export function usePhone(): Phone {
  const state = usePhoneState();
  if (state.at !== 'ready') throw new Error('usePhone before the phone is ready');
  return state.phone;
}
