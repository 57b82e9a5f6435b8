import { createServer } from 'node:net';
import { Objection, say } from '../words/index.ts';

/** The port that `PORT` names, 7300 when it names none. @throws Objection when it is none. */
export function portFrom(text: string | undefined): number {
  if (text === undefined || text === '') return 7300;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new Objection(say('start', 'bad-port', { port: text }));
}

/**
 * Looks whether `port` can be had, before anything slow begins.
 * @throws Objection when it cannot, saying who holds it if that can be told.
 */
export async function requirePort(host: string, port: number): Promise<void> {
  const error = await tryPort(host, port);
  if (error === undefined) return;
  if (error.code !== 'EADDRINUSE') {
    const said = error.code ?? error.message;
    throw new Objection(say('start', 'port-refused', { port, said }));
  }
  const origin = `http://${host}:${port}`;
  throw new Objection(
    (await isTongban(origin))
      ? say('start', 'already-running', { origin })
      : say('start', 'port-taken', { port }),
  );
}

function tryPort(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** True when what answers at `origin` knows our API: any other program would not have its description. */
async function isTongban(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/api/openapi.json`, {
      signal: AbortSignal.timeout(2_000),
    });
    const description = (await response.json()) as { info?: { title?: string } };
    return /tongban|通办/i.test(description.info?.title ?? '');
  } catch {
    // It does not answer, or not with JSON: another program.
    return false;
  }
}
