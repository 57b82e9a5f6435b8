import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { useSurroundings } from '../setting/surroundings.tsx';

const Dock = createContext<{
  readonly element: HTMLElement | null;
  readonly set: (element: HTMLElement | null) => void;
}>({ element: null, set: () => {} });

/** One place at the foot of the middle where a field's keys appear, within reach and never over the field. */
export function KeypadDock({ children }: { readonly children: ReactNode }) {
  const [element, set] = useState<HTMLElement | null>(null);
  const dock = useMemo(() => ({ element, set }), [element]);
  return <Dock value={dock}>{children}</Dock>;
}

export function KeypadDockSlot() {
  const { set } = use(Dock);
  return <div className="dock" ref={set} />;
}

/** Puts keys into the dock while a field has the focus. Only a kiosk needs them. */
export function InDock({ children }: { readonly children: ReactNode }) {
  const { element } = use(Dock);
  const { place } = useSurroundings();
  if (element === null || place !== 'kiosk') return null;
  return createPortal(children, element);
}
