import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** An address of a database that stays while the server behind it is another one, as a failover makes it. */
export async function databaseProxy(target: string) {
  let behind = new URL(target);
  const open = new Set<Socket>();
  let sticking: { readonly after: number; readonly stuck: () => void } | undefined;
  const server = createServer((socket) => {
    const onward = connect(Number(behind.port), behind.hostname);
    for (const one of [socket, onward]) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        socket.destroy();
        onward.destroy();
      });
    }
    let sent = 0;
    socket.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      if (sticking === undefined || sent < sticking.after) return;
      socket.unpipe(onward);
      sticking.stuck();
    });
    socket.pipe(onward).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    /** Breaks every connection; the next ones reach this server. */
    switchTo(next: string): void {
      behind = new URL(next);
      sticking = undefined;
      for (const one of open) one.destroy();
    },
    /** Resolves once one connection has sent so many bytes; nothing of it goes on from there. */
    stickAfter(bytes: number): Promise<void> {
      return new Promise((resolve) => {
        sticking = { after: bytes, stuck: resolve };
      });
    },
    async stop(): Promise<void> {
      for (const one of open) one.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
