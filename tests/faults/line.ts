import {
  request as ask,
  createServer,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What becomes of one request. */
export type Fate =
  | { readonly kind: 'pass' }
  /** The centre gets so many bytes of the body, then nobody is there any more. */
  | { readonly kind: 'cut'; readonly after: number }
  /** The centre does its work; so many bytes of its answer arrive. */
  | { readonly kind: 'lose'; readonly after: number }
  /** It arrives twice; the second answer is given. */
  | { readonly kind: 'double' }
  /** It waits until others have overtaken it. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'slow'; readonly bytesPerTick: number }
  /** A captive portal answers. */
  | { readonly kind: 'portal' }
  | { readonly kind: 'gateway' };

export interface FaultyLine {
  readonly origin: string;
  /** Asked for each request to the centre; the page itself and live news always pass. */
  fate: (request: IncomingMessage) => Fate;
  /** Called whenever a request begins, or a piece of one or of its answer goes by. */
  moment: () => void;
  /** Breaks off what is under way. */
  drop(): void;
  stop(): Promise<void>;
}

const pass: Fate = { kind: 'pass' };
const portalPage = '<!doctype html><title>Wi-Fi</title><h1>Please sign in</h1>';

/** Serves `page` and stands between it and the centre at `target`, request by request. */
export async function startFaultyLine(
  target: string,
  page: (path: string) => Promise<{ readonly type: string; readonly bytes: Buffer } | undefined>,
): Promise<FaultyLine> {
  const centre = new URL(target);
  const sockets = new Set<Socket>();
  const held = new Set<() => void>();

  const server = createServer((request, response) => {
    line.moment();
    const path = request.url ?? '/';
    if (!path.startsWith('/api/')) return void givePage(path, response);
    for (const release of [...held]) release();
    const fate = path.startsWith('/api/v1/stream') ? pass : line.fate(request);
    carry(request, response, fate).catch(() => request.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  async function givePage(path: string, response: ServerResponse): Promise<void> {
    const found = await page(path);
    if (found === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': found.type }).end(found.bytes);
  }

  async function carry(
    request: IncomingMessage,
    response: ServerResponse,
    fate: Fate,
  ): Promise<void> {
    switch (fate.kind) {
      case 'portal':
        request.resume();
        response.writeHead(200, { 'content-type': 'text/html', connection: 'close' });
        return void response.end(portalPage);
      case 'gateway':
        request.resume();
        response.writeHead(502, { connection: 'close' });
        return void response.end('bad gateway');
      case 'hold':
        await overtaken();
        return relay(request, response, pass);
      case 'double': {
        const body = await whole(request);
        await answerOf(request, body);
        const { status, headers, bytes } = await answerOf(request, body);
        response.writeHead(status, headers);
        return void response.end(bytes);
      }
      default:
        return relay(request, response, fate);
    }
  }

  /** Until another request begins, or it has waited so long that nobody will. */
  function overtaken(): Promise<void> {
    return new Promise((resolve) => {
      const release = () => {
        held.delete(release);
        clearTimeout(enough);
        resolve();
      };
      const enough = setTimeout(release, 500);
      held.add(release);
    });
  }

  function options(request: IncomingMessage): RequestOptions {
    return {
      host: centre.hostname,
      port: centre.port,
      method: request.method,
      path: request.url,
      headers: request.headers,
    };
  }

  function relay(request: IncomingMessage, response: ServerResponse, fate: Fate): void {
    const upstream = ask(options(request));
    const both = () => {
      upstream.destroy();
      response.socket?.destroy();
    };
    upstream.on('error', both);
    request.on('error', both);
    response.on('close', () => upstream.destroy());
    let sent = 0;
    request.on('data', (chunk: Buffer) => {
      line.moment();
      const left = fate.kind === 'cut' ? fate.after - sent : chunk.length;
      sent += chunk.length;
      upstream.write(chunk.subarray(0, Math.max(0, left)));
      // The bytes are on their way before the way is gone.
      if (left < chunk.length) setImmediate(both);
    });
    request.on('end', () => {
      if (fate.kind === 'cut') setImmediate(both);
      else upstream.end();
    });
    upstream.on('response', (answer) => {
      let given = 0;
      answer.on('error', both);
      if (fate.kind === 'lose' && fate.after === 0) {
        answer.on('end', both);
        return void answer.resume();
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.flushHeaders();
      answer.on('data', (chunk: Buffer) => {
        line.moment();
        if (fate.kind === 'slow') return trickle(chunk, response, answer, fate.bytesPerTick);
        const left = fate.kind === 'lose' ? fate.after - given : chunk.length;
        given += chunk.length;
        response.write(chunk.subarray(0, Math.max(0, left)));
        if (left < chunk.length) setImmediate(both);
      });
      answer.on('end', () => response.end());
    });
  }

  function trickle(
    chunk: Buffer,
    response: ServerResponse,
    answer: IncomingMessage,
    bytesPerTick: number,
  ): void {
    answer.pause();
    let at = 0;
    const next = () => {
      response.write(chunk.subarray(at, at + bytesPerTick));
      at += bytesPerTick;
      if (at < chunk.length && !response.destroyed) setTimeout(next, 10);
      else answer.resume();
    };
    next();
  }

  async function answerOf(request: IncomingMessage, body: Buffer) {
    const upstream = ask(options(request));
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      upstream.on('response', resolve);
      upstream.on('error', reject);
    });
    upstream.end(body);
    const answer = await answered;
    return {
      status: answer.statusCode ?? 502,
      headers: answer.headers,
      bytes: await whole(answer),
    };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const line: FaultyLine = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fate: () => pass,
    moment: () => undefined,
    drop() {
      for (const release of [...held]) release();
      for (const socket of sockets) socket.destroy();
    },
    async stop() {
      line.drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return line;
}

async function whole(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
