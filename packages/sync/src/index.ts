export type * from './device.ts';
export type { Admission, AdmitFailure } from './enrolment/admission.ts';
export {
  compareDrafts,
  type DraftChoice,
  type DraftDifference,
  mergeDrafts,
} from './handover/merge.ts';
export { openDevice } from './openDevice.ts';
export { attempt } from './storage/failure.ts';
export type { Surroundings } from './surroundings/surroundings.ts';
export { browserVault } from './vault/browserVault.ts';
