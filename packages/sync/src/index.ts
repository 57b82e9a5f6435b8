export type * from './device.ts';
export type { Admission, AdmitFailure } from './enrolment/admission.ts';
export {
  compareDrafts,
  type DraftChoice,
  type DraftDifference,
  mergeDrafts,
} from './handover/merge.ts';
export { openDevice } from './openDevice.ts';
export type { OfflineStaff, PrepareFailure, UnlockFailure } from './staff/offlineStaff.ts';
export { attempt } from './storage/failure.ts';
export type { Surroundings } from './surroundings/surroundings.ts';
export { browserPinLock } from './vault/browserPinLock.ts';
export { browserVault } from './vault/browserVault.ts';
