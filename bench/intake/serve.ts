// Run as a process of its own by the benches: a centre that takes in and streams, and leaves the judging to others.
import { startRoutingApi } from '@tongban/routing-api';

const dataFolder = process.argv[2];
if (dataFolder === undefined) throw new TypeError('a data folder is needed');
const api = await startRoutingApi({
  port: 0,
  host: '127.0.0.1',
  dataFolder,
  pages: {},
  demonstration: true,
  judges: false,
  log: 'silent',
});
process.on('message', async (message) => {
  if (message === 'spent') {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000, rssMb: process.memoryUsage().rss / 1024 ** 2 });
  }
  if (message === 'stop') {
    await api.stop();
    process.disconnect();
  }
});
process.send?.({ origin: api.origin });
