/** Parts that a device is made of, for benches that measure one alone. No app imports them. */
export { createCentre } from './centre/centre.ts';
export { replicateScope } from './pull/scope.ts';
export { durableDexie, openDatabase } from './storage/database.ts';
export { encryptedStorage } from './storage/encrypted.ts';
export { rowSchema } from './storage/rows.ts';
export { systemTimer } from './surroundings/timer.ts';
