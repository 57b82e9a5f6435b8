export { type AuditVerdict, verifyAudit } from './audit/verify.ts';
export { StartFailure, type StartFailureCode } from './database/failure.ts';
export { rotateCentreKey } from './keys/keyring.ts';
export type { LogLevel, LogTarget } from './log.ts';
export type { RoutingApi, RoutingApiOptions } from './start.ts';
