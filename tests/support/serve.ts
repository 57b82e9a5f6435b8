/**
 * A whole centre in a process of its own, for tests: started by `startTongban`, told what to do over the
 * channel to its parent, and gone when the parent is.
 */
import { providerFrom, startRoutingApi } from '@tongban/routing-api';

type Options = Parameters<typeof startRoutingApi>[0];
type Running = Awaited<ReturnType<typeof startRoutingApi>>;

interface Start {
  readonly start: Options;
  /** With the identity provider of the demonstration, in this process. */
  readonly provider: boolean;
}

let running: Running | undefined;

const end = async (): Promise<never> => {
  await running?.stop();
  process.exit(0);
};

process.on('disconnect', () => void end());
process.on('message', (message: Start | { stop: true }) => {
  if ('stop' in message) return void end();
  start(message).then(
    (started) => {
      running = started;
      process.send?.({ origin: started.origin });
    },
    (error: unknown) => {
      process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : error });
    },
  );
});

async function start({ start: options, provider }: Start): Promise<Running> {
  const origins = [`http://${options.host}:${options.port}`];
  const settings = await providerFrom(provider ? 'demonstration' : undefined, true, origins);
  return startRoutingApi({ ...options, ...(settings === undefined ? {} : { provider: settings }) });
}
