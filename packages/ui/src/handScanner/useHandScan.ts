import type { Meaning } from '@tongban/core/scan';
import { createContext, type RefObject, use, useEffect, useLayoutEffect, useRef } from 'react';
import { openModal } from '../dialog/openModal.ts';
import type { Awaiting, ScanDesk } from './scanDesk.ts';

export const ScanDeskContext = createContext<ScanDesk | undefined>(undefined);

interface Limits {
  /** The codes that are awaited; all by default. */
  readonly kinds?: readonly Meaning['kind'][];
  /** Something inside the dialog that awaits them. Without it no code is taken while a dialog lies over the page. */
  readonly within?: RefObject<HTMLElement | null>;
}

/**
 * Awaits codes from a hand scanner for as long as the component stands, where there is one. `onCode` answers as it does
 * for the camera: a sentence says why a code does not help here.
 */
export function useHandScan(onCode: Awaiting['take'], { kinds, within }: Limits = {}): void {
  const desk = use(ScanDeskContext);
  const latest = useRef({ onCode, kinds });
  useEffect(() => {
    latest.current = { onCode, kinds };
  });
  // Before the screen is seen: whoever scans at the sight of it is heard.
  useLayoutEffect(
    () =>
      desk?.await({
        get kinds() {
          return latest.current.kinds;
        },
        isOpen() {
          const modal = openModal();
          return modal === undefined || (within?.current != null && modal.contains(within.current));
        },
        take: (code) => latest.current.onCode(code),
      }),
    [desk, within],
  );
}
