/** For the journeys: a terminal without a screen, and somebody who applies at it. */
export { fillPermit, makeApplicant, people, permit, shown } from './applicant.ts';
export { makeDevice } from './device.ts';
export { type Staff, signIn } from './staff.ts';
