import { shippedCatalogue } from '@tongban/catalogue';
import {
  type Clock,
  channels,
  type HandScanner,
  type IdReader,
  type KeyVault,
  type ReceiptPrinter,
  systemClock,
  systemRandom,
  systemTimer,
  type TrustList,
  type VisitPorts,
} from '@tongban/core';
import { browserVault, type Device, openDevice } from '@tongban/sync';
import { bridgeVault } from '../../bridgeVault.ts';
import { bridgeReader } from '../devices/bridgeReader.ts';
import { type LineSwitch, lineSwitch } from '../devices/lineSwitch.ts';
import { scannersOf } from '../devices/scannersOf.ts';
import { type PrinterHands, simulatedPrinter } from '../devices/simulatedPrinter.ts';
import { type ReaderHands, simulatedReader } from '../devices/simulatedReader.ts';
import { type ScannerHands, simulatedScanner } from '../devices/simulatedScanner.ts';
import { demonstrationIssuers } from './demonstrationIssuers.ts';
import { installed } from './installed.ts';
import { paperFonts } from './paperFonts.ts';

/** What the panel takes hold of. There is none outside of a demonstration. */
export interface Hands {
  /** `undefined` where a reader is attached. */
  readonly reader: ReaderHands | undefined;
  readonly printer: PrinterHands;
  readonly scanner: ScannerHands;
  readonly line: LineSwitch;
}

/** This terminal: its device, the machines attached to it, and what a visit on it needs. */
export interface Terminal {
  readonly device: Device;
  readonly clock: Clock;
  /** Whose credentials count now: the centre may name others. */
  readonly trust: () => TrustList;
  readonly reader?: IdReader;
  readonly printer?: ReceiptPrinter;
  /** By the keyboard always, for any machine may have one plugged in. */
  readonly scanners: readonly HandScanner[];
  readonly hands?: Hands;
  readonly ports: () => Omit<VisitPorts, 'store'>;
}

/** Opens the terminal. Visits that a crash or a power cut left behind are ended before anybody can see them. */
export async function openTerminal(): Promise<Terminal> {
  const bridge = window.tongban;
  // A browser's vault is a demonstration by its nature; in Electron main says what this build is.
  const demonstration = bridge?.demonstration ?? true;
  const vault: KeyVault = bridge === undefined ? await browserVault('kiosk') : bridgeVault(bridge);
  const line = lineSwitch((input, init) => fetch(input, init));
  const device = await openDevice({
    app: 'kiosk',
    vault,
    clock: systemClock,
    random: systemRandom,
    fetch: line.fetch,
    origin: '',
    shippedCatalogue,
    ...(demonstration && { shippedTrust: await demonstrationIssuers() }),
    appVersion: __APP_VERSION__,
    ...(await installed(bridge)),
  });
  for (const visit of await device.leftVisits()) await (await device.openVisit(visit)).end();
  const ports = (): Omit<VisitPorts, 'store'> => ({
    clock: systemClock,
    random: systemRandom,
    vault,
    outbox: device.outbox,
    catalogue: device.catalogue,
    channel: channels.kiosk,
    appVersion: __APP_VERSION__,
    centreKey: async () => device.centreKey(),
    fonts: paperFonts,
  });
  const scanners = scannersOf(bridge);
  const attached = bridge?.cardReader && bridgeReader(bridge.cardReader);
  const common = { device, clock: systemClock, trust: device.trust, ports, scanners };
  if (!demonstration) return { ...common, ...(attached && { reader: attached }) };
  const simulated = attached === undefined ? simulatedReader(systemClock) : undefined;
  const reader = attached ?? simulated?.reader;
  const { printer, hands: printerHands } = simulatedPrinter();
  const { scanner, hands: scannerHands } = simulatedScanner(systemTimer);
  return {
    ...common,
    scanners: [...scanners, scanner],
    ...(reader && { reader }),
    printer,
    hands: { reader: simulated?.hands, printer: printerHands, scanner: scannerHands, line },
  };
}
