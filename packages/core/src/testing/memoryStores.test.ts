import { draftStoreContract, outboxContract } from './contracts.ts';
import { memoryDisk, memoryDraftStore, memoryOutbox } from './memoryStores.ts';

draftStoreContract('in memory', async () => {
  const disk = memoryDisk();
  return {
    store: memoryDraftStore(disk),
    reopen: async () => memoryDraftStore(disk),
    refuse: async () => {
      disk.failure = 'storage-refused';
    },
    close: async () => {},
  };
});

outboxContract('in memory', async () => {
  const disk = memoryDisk();
  const outbox = () => memoryOutbox(disk, () => new Date('2026-11-23T06:00:00Z'));
  return { outbox: outbox(), reopen: async () => outbox(), close: async () => {} };
});
