import { type HandScanner, systemTimer } from '@tongban/core';
import { keyboardScanner } from '@tongban/ui';
import type { TongbanBridge } from '../../bridge.ts';
import { bridgeScanner } from './bridgeScanner.ts';

/** The hand scanners of this machine: any may have one plugged in as a keyboard, some are set up with a serial one. */
export function scannersOf(bridge: TongbanBridge | undefined): readonly HandScanner[] {
  const typing = keyboardScanner(document, systemTimer);
  return bridge?.handScanner === undefined ? [typing] : [typing, bridgeScanner(bridge.handScanner)];
}
