import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** How the line between a browser and the centre behaves. */
export type LineState =
  | { readonly kind: 'open' }
  /** Existing connections are reset, new ones too: the cable is out. */
  | { readonly kind: 'cut' }
  /** Connections stay and are taken, and nothing ever answers: packets vanish. */
  | { readonly kind: 'silent' }
  /** Requests arrive, the answer does not: the connection is reset when the first byte comes back. */
  | { readonly kind: 'deaf' }
  /** Each direction waits, then trickles. Delay in milliseconds, rate in bytes a second. */
  | { readonly kind: 'slow'; readonly delay: number; readonly bytesPerSecond: number }
  /** A captive portal: every request is answered with 200 and a sign-in page. */
  | { readonly kind: 'portal' };

export interface Line {
  /** The origin that browsers use, `http://127.0.0.1:PORT`. */
  readonly origin: string;
  set(state: LineState): void;
  cut(): void;
  restore(): void;
  /** Connections that were taken since the line began, whatever became of them. */
  readonly taken: number;
  stop(): Promise<void>;
}

const portalPage =
  '<!doctype html><meta charset="utf-8"><title>Wi-Fi</title><h1>请登录后上网 Please sign in</h1>';

/** A TCP proxy on loopback to the server at `target` (an origin), whose behaviour a test changes at will. */
export async function startLine(target: string): Promise<Line> {
  const url = new URL(target);
  const open = new Set<Socket>();
  let state: LineState = { kind: 'open' };
  let taken = 0;

  const portal = createHttpServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', connection: 'close' });
    response.end(portalPage);
  });

  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // A reset is what these tests are about; it ends in `close`, which is handled.
    socket.on('error', () => socket.destroy());
  };

  const server = createServer((client) => {
    taken += 1;
    keep(client);
    if (state.kind === 'cut') return void client.resetAndDestroy();
    if (state.kind === 'silent') return;
    if (state.kind === 'portal') return void portal.emit('connection', client);
    const upstream = connect(Number(url.port), url.hostname);
    keep(upstream);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    relay(client, upstream, () => state);
    relay(upstream, client, () => {
      if (state.kind === 'deaf') client.resetAndDestroy();
      return state;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const drop = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };
  const set = (next: LineState): void => {
    // Browsers keep connections for minutes: what was open under one rule must not go on under another
    // that would have refused it, nor come back after bytes of it were lost.
    const keeps: readonly LineState['kind'][] = ['slow', 'deaf', 'silent'];
    if (state.kind === 'silent' || !keeps.includes(next.kind)) drop();
    state = next;
  };

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set,
    cut: () => set({ kind: 'cut' }),
    restore: () => set({ kind: 'open' }),
    get taken() {
      return taken;
    },
    async stop() {
      drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Copies `from` to `to`, asking for the state anew at every chunk. */
function relay(from: Socket, to: Socket, stateNow: () => LineState): void {
  let queue = Promise.resolve();
  from.on('data', (chunk: Buffer) => {
    const state = stateNow();
    if (to.destroyed || state.kind === 'silent') return;
    from.pause();
    queue = queue.then(async () => {
      if (state.kind === 'slow') await trickle(chunk, to, state);
      else if (!to.write(chunk)) await drained(to);
      from.resume();
    });
  });
  from.on('end', () => {
    queue = queue.then(() => void to.end());
  });
}

async function trickle(
  chunk: Buffer,
  to: Socket,
  { delay, bytesPerSecond }: { delay: number; bytesPerSecond: number },
): Promise<void> {
  const tick = 50;
  const step = Math.max(1, Math.round((bytesPerSecond * tick) / 1000));
  await pause(delay);
  for (let at = 0; at < chunk.length && !to.destroyed; at += step) {
    to.write(chunk.subarray(at, at + step));
    await pause(tick);
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', () => resolve());
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
