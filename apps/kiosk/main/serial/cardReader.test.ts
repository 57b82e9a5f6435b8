import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemTimer } from '@tongban/core';
import { cardReaderContract } from '@tongban/core/contracts';
import { openCardReader } from '@tongban/core/reader';
import { readerAt } from '../../../../tests/support/readerAt.ts';
import { serialLineAt } from './serialLine.ts';

cardReaderContract('serialport, over a pseudo-terminal', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tongban-reader-'));
  const { path, hands, plug, close } = await readerAt(join(folder, 'reader'));
  // Passing time is setting the clock ahead: what the driver does not want to do yet, it does then.
  let ahead = 0;
  const clock = { now: () => new Date(Date.UTC(2026, 10, 23) + performance.now() + ahead) };
  const reader = openCardReader({ open: serialLineAt(path, 115_200), clock, timer: systemTimer });
  return {
    reader,
    hands,
    plug,
    until: (promise) => promise,
    pass: async (ms) => {
      ahead += ms;
    },
    async close() {
      await reader.close();
      await close();
      rmSync(folder, { recursive: true });
    },
  };
});
