import type { ReactNode } from 'react';
import { createContext, use } from 'react';

/** What every screen of a place shares: the line's sentence, and the ways to help and out. */
export interface Frame {
  readonly line: ReactNode;
  readonly onHelp: () => void;
  /** Ends the visit. Left out where there is nothing to end. */
  readonly onEnd?: () => void;
  /** The hall and the spot where this machine stands. */
  readonly hall?: string;
  readonly spot?: string;
}

export const FrameContext = createContext<Frame | undefined>(undefined);

export function useFrame(): Frame {
  const frame = use(FrameContext);
  if (frame === undefined) throw new Error('useFrame outside of <FrameContext>');
  return frame;
}
