import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A way to the centre on which it, or its pages, become those of another release when the test says so. */
export interface OtherRelease {
  readonly origin: string;
  /** From now on there is a newer version of every page. */
  newPages(): void;
  /** From now on the centre understands only protocols from this one on. */
  oldestProtocol(version: number): void;
  stop(): Promise<void>;
}

export async function startOtherRelease(target: string): Promise<OtherRelease> {
  const to = new URL(target);
  let pages = '';
  let oldest: number | undefined;

  function altered(path: string, text: string): string {
    // Another byte is another worker to a browser; what it keeps is the same.
    if (path.endsWith('/sw.js')) return text + pages;
    if (oldest === undefined) return text;
    return JSON.stringify({ ...(JSON.parse(text) as object), oldest });
  }

  function carry(from: IncomingMessage, back: ServerResponse): void {
    const path = new URL(from.url ?? '/', target).pathname;
    const touched = path.endsWith('/sw.js') || path === '/api/v1/probe';
    const asked = request(
      {
        host: to.hostname,
        port: to.port,
        path: from.url,
        method: from.method,
        headers: { ...from.headers, ...(touched && { 'accept-encoding': 'identity' }) },
      },
      (answer) => {
        const status = answer.statusCode ?? 502;
        if (!touched || status !== 200) {
          back.writeHead(status, answer.headers);
          answer.pipe(back);
          return;
        }
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const {
            'content-length': _,
            etag: __,
            'last-modified': ___,
            ...headers
          } = answer.headers;
          back.writeHead(status, headers);
          back.end(altered(path, Buffer.concat(parts).toString()));
        });
      },
    );
    asked.on('error', () => back.destroy());
    back.on('close', () => asked.destroy());
    from.pipe(asked);
  }

  const server = createServer(carry);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    newPages() {
      pages += '\n// newer';
    },
    oldestProtocol(version) {
      oldest = version;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
