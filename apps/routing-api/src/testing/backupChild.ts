// Run as a process of its own by the tests: takes a backup or restores one, so that it can be killed or given a small disk.
import { systemClock, systemRandom } from '@tongban/core';
import { BackupRefused } from '../backup/refusal.ts';
import { type RestoreRequest, restoreBackup } from '../backup/restore.ts';
import { takeBackup } from '../backup/take.ts';

const [what, said] = process.argv.slice(2);
if (said === undefined) throw new TypeError('what to do, and the request as JSON, are needed');
const request = JSON.parse(said) as RestoreRequest;
try {
  if (what === 'take') await takeBackup(request, systemClock);
  else await restoreBackup(request, { clock: systemClock, random: systemRandom });
  process.stdout.write('done\n');
} catch (error) {
  if (!(error instanceof BackupRefused)) throw error;
  process.stdout.write(`${error.code}\n`);
}
