// Run as a process of its own by the tests: starts the database of a data folder, says so, and waits to be killed.
import { startEmbedded } from '../database/embedded.ts';

const folder = process.argv[2];
if (folder === undefined) throw new TypeError('a data folder is needed');
const server = await startEmbedded(folder);
process.stdout.write(`${JSON.stringify({ pid: server.pid })}\n`);
setInterval(() => undefined, 60_000);
