import { pinLockContract } from '@tongban/core/contracts';
import { emptyDisk } from '../testing/disk.ts';
import { browserPinLock } from './browserPinLock.ts';

pinLockContract('browser [A8] [A9]', async () => {
  const { indexedDB } = emptyDisk();
  const reopen = () => browserPinLock('counter', indexedDB);
  return { lock: await reopen(), reopen };
});
