import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** An address of a database that stays while the server behind it is another one, as a failover makes it. */
export async function databaseProxy(target: string) {
  let behind = new URL(target);
  const open = new Set<Socket>();
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
      for (const one of open) one.destroy();
    },
    async stop(): Promise<void> {
      for (const one of open) one.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
