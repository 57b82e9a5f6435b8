// Run as a process of its own by the tests: a whole centre that takes into custody but is killed before it judges.
import { shippedCatalogue } from '@tongban/catalogue';
import { startCentre } from '../start.ts';

const dataFolder = process.argv[2];
if (dataFolder === undefined) throw new TypeError('a data folder is needed');
const { origin } = await startCentre(
  {
    port: 0,
    host: '127.0.0.1',
    dataFolder,
    pages: {},
    demonstration: true,
    judges: false,
    log: 'silent',
  },
  { catalogue: shippedCatalogue, checkAnswers: true },
);
process.stdout.write(`${origin}\n`);
