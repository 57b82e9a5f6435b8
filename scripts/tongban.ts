/** `npm run tongban -- …`: the command line. Exit codes: 0 holds or found, 1 does not, 2 asked wrongly. */
import { auditVerifyCommand } from './tongban/audit.ts';
import { backupCommand, restoreCommand } from './tongban/backup.ts';
import { catalogueCheckCommand } from './tongban/catalogue.ts';
import { dispatch } from './tongban/dispatch.ts';
import { scanCommand } from './tongban/scan.ts';
import { simulateReaderCommand } from './tongban/simulateReader.ts';
import {
  terminalCloseCommand,
  terminalCodeCommand,
  terminalListCommand,
  terminalRevokeCommand,
} from './tongban/terminal.ts';
import { verifyCommand } from './tongban/verify.ts';

const commands = [
  scanCommand,
  verifyCommand,
  catalogueCheckCommand,
  auditVerifyCommand,
  terminalCodeCommand,
  terminalListCommand,
  terminalCloseCommand,
  terminalRevokeCommand,
  backupCommand,
  restoreCommand,
  simulateReaderCommand,
];

// npm runs scripts in the project's folder; the files a person names lie where they stand.
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);

process.exitCode = await dispatch(process.argv.slice(2), commands, {
  result: (line) => void process.stdout.write(`${line}\n`),
  remark: (line) => void process.stderr.write(`${line}\n`),
});
