import { shippedCatalogue } from '@tongban/catalogue';
import { err, type KeyVault, ok, type Result, systemClock, systemRandom } from '@tongban/core';
import type { PaperFonts } from '@tongban/core/document';
import { browserPinLock, browserVault, openDevice } from '@tongban/sync';
import { bridgePinLock, bridgeVault } from '../../bridgeVault.ts';
import { bridgeReader } from '../devices/bridgeReader.ts';
import { simulatedCards } from '../devices/cards.ts';
import { scannersOf } from '../devices/scannersOf.ts';
import { simulatedReader } from '../devices/simulatedReader.ts';
import { demonstrationIssuers } from '../terminal/demonstrationIssuers.ts';
import { installed } from '../terminal/installed.ts';
import { paperFonts } from '../terminal/paperFonts.ts';
import type { CounterPlace } from './filing/filings.ts';
import { bridgeSave, downloadFile } from './saveFile.ts';

/** Opens what the counter's page stands on: store, line, outbox, and the font that papers are set in. */
export async function openPlace(): Promise<Result<CounterPlace, 'storage-refused'>> {
  const bridge = window.tongban;
  // A browser's vault is a demonstration by its nature; in Electron main says what this build is.
  const demonstration = bridge?.demonstration ?? true;
  try {
    const vault: KeyVault =
      bridge === undefined ? await browserVault('counter') : bridgeVault(bridge);
    const device = await openDevice({
      app: 'counter',
      vault,
      clock: systemClock,
      random: systemRandom,
      fetch: (input, init) => fetch(input, init),
      origin: '',
      shippedCatalogue,
      ...(demonstration && { shippedTrust: await demonstrationIssuers() }),
      appVersion: __APP_VERSION__,
      pinLock: bridge === undefined ? await browserPinLock('counter') : bridgePinLock(bridge),
      ...(await installed(bridge)),
    });
    const fonts = heldFonts();
    // Fetched ahead: the line may be gone by the time somebody comes to sign. Without one now it is tried again then.
    void fonts();
    const common = {
      device,
      vault,
      clock: systemClock,
      random: systemRandom,
      appVersion: __APP_VERSION__,
      fonts,
      trust: device.trust,
      signsInByCode: bridge !== undefined,
      scanners: scannersOf(bridge),
      saveFile: bridge === undefined ? downloadFile : bridgeSave(bridge),
    };
    if (bridge?.cardReader !== undefined)
      return ok({ ...common, reader: bridgeReader(bridge.cardReader) });
    if (!demonstration) return ok(common);
    const { reader, hands } = simulatedReader(systemClock);
    return ok({
      ...common,
      reader,
      simulator: { cards: simulatedCards, insert: hands.insert },
    });
  } catch (fault) {
    if (isRefusal(fault)) return err('storage-refused');
    throw fault;
  }
}

/** What browsers throw when a page may keep nothing. */
function isRefusal(fault: unknown): boolean {
  const names = ['SecurityError', 'InvalidStateError', 'UnknownError'];
  return fault instanceof DOMException && names.includes(fault.name);
}

/** Fetches the font once and holds it; that it did not come is not held. */
function heldFonts(): () => Promise<PaperFonts | undefined> {
  let held: ReturnType<typeof paperFonts> | undefined;
  return async () => {
    held ??= paperFonts();
    const fonts = await held;
    if (fonts === undefined) held = undefined;
    return fonts;
  };
}
