/** `npm run tongban -- …`: the command line. Exit codes: 0 holds or found, 1 does not, 2 asked wrongly. */
import { auditVerifyCommand } from './tongban/audit.ts';
import { dispatch } from './tongban/dispatch.ts';
import { scanCommand } from './tongban/scan.ts';

const commands = [scanCommand, auditVerifyCommand];

process.exitCode = await dispatch(process.argv.slice(2), commands, {
  result: (line) => void process.stdout.write(`${line}\n`),
  remark: (line) => void process.stderr.write(`${line}\n`),
});
