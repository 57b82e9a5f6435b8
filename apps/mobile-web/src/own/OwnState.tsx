import { createContext, type ReactNode, use } from 'react';
import { usePhoneState } from '../device/PhoneState.tsx';
import { type Own, useOwn } from './useOwn.ts';

const Context = createContext<Own | undefined>(undefined);

/** Everything of one's own; `undefined` while the store is being opened. */
export function useOwnState(): Own | undefined {
  return use(Context);
}

export function OwnProvider({ children }: { readonly children: ReactNode }) {
  const state = usePhoneState();
  const own = useOwn(state.at === 'ready' ? state.phone : undefined);
  return <Context value={own}>{children}</Context>;
}
