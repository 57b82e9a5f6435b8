/** Parts that a device is made of, for benches that measure one alone. No app imports them. */
export { createCentre } from './centre/centre.ts';
export type { Drawer } from './pull/drawers.ts';
export { pullStatus } from './pull/statusPull.ts';
export { durableDexie, openDatabase } from './storage/database.ts';
export { encryptedStorage } from './storage/encrypted.ts';
export { type KeptRow, keptIn } from './storage/kept.ts';
export { rowSchema, rowsOf } from './storage/rows.ts';
export { systemTimer } from './surroundings/timer.ts';
