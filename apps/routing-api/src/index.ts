import { shippedCatalogue } from '@tongban/catalogue';
import { type RoutingApi, type RoutingApiOptions, startCentre } from './start.ts';

export { type AuditVerdict, verifyAudit } from './audit/verify.ts';
export type { Manifest as BackupManifest } from './backup/manifest.ts';
export { type BackupRefusal, BackupRefused } from './backup/refusal.ts';
export { type Restored, type RestoreRequest, restoreBackup } from './backup/restore.ts';
export { type BackupRequest, takeBackup } from './backup/take.ts';
export { adminUrlOf, type EmbeddedServer, startEmbedded } from './database/embedded.ts';
export { StartFailure, type StartFailureCode } from './database/failure.ts';
export { rotateCentreKey } from './keys/keyring.ts';
export type { LogLevel, LogTarget } from './log.ts';
export { demonstrationAccounts } from './session/people.ts';
export { providerFrom } from './session/provider/from.ts';
export type { RoutingApi, RoutingApiOptions } from './start.ts';
export type { OperateFailure, TerminalLine } from './terminal/operate.ts';
export { createEnrolmentCode, operateTerminals } from './terminal/operator.ts';

/**
 * Starts the central routing API with the catalogue that ships. Resolves once it can serve; throws
 * {@link StartFailure}, whose message is one sentence with its remedy.
 */
export async function startRoutingApi(options: RoutingApiOptions): Promise<RoutingApi> {
  const { origin, stop } = await startCentre(options, {
    catalogue: shippedCatalogue,
    checkAnswers: false,
  });
  return { origin, stop };
}
