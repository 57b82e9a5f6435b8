/**
 * A whole centre in a process of its own, for tests: started by `startTongban`, told what to do over the
 * channel to its parent, and gone when the parent is.
 */
import { startRoutingApi } from '@tongban/routing-api';

type Options = Parameters<typeof startRoutingApi>[0];
type Running = Awaited<ReturnType<typeof startRoutingApi>>;

let running: Running | undefined;

const end = async (): Promise<never> => {
  await running?.stop();
  process.exit(0);
};

process.on('disconnect', () => void end());
process.on('message', (message: { start: Options } | { stop: true }) => {
  if ('stop' in message) return void end();
  startRoutingApi(message.start).then(
    (started) => {
      running = started;
      process.send?.({ origin: started.origin });
    },
    (error: unknown) => {
      process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : error });
    },
  );
});
