// Run as a process of its own by the tests: one of several centres on one database and one data folder.
import { shippedCatalogue } from '@tongban/catalogue';
import { startCentre } from '../start.ts';

const [dataFolder, databaseUrl] = process.argv.slice(2);
if (dataFolder === undefined || databaseUrl === undefined)
  throw new TypeError('a data folder and a database are needed');
const { origin } = await startCentre(
  {
    port: 0,
    host: '127.0.0.1',
    dataFolder,
    databaseUrl,
    pages: {},
    demonstration: true,
    log: 'silent',
  },
  { catalogue: shippedCatalogue, checkAnswers: true },
);
process.stdout.write(`${origin}\n`);
