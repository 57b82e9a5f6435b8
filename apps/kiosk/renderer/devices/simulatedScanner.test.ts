import { quietAfterCode } from '@tongban/core';
import { handScannerContract } from '@tongban/core/contracts';
import { handTime } from '@tongban/core/testing';
import { simulatedScanner } from './simulatedScanner.ts';

handScannerContract('simulated', async () => {
  const time = handTime();
  const { scanner, hands } = simulatedScanner(time.timer);
  // It is plugged in a turn later, as a real one is.
  await Promise.resolve();
  return {
    scanner,
    async scan(text) {
      await hands.send(text);
      time.pass(quietAfterCode);
    },
    close: () => scanner.close(),
  };
});
