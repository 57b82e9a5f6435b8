import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Of so many submissions the answer to one is lost: the centre has taken it in, the terminal never hears. */
export const lostOneOf = 4;

/**
 * A line to the centre at `target` that passes requests on, lets pages of any origin ask, and cuts the connection
 * instead of answering every fourth submission.
 */
export async function startLossyLine(target: string) {
  let submissions = 0;
  let lost = 0;
  const server = createServer((asked, answer) => {
    const allow = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': '*',
      'access-control-expose-headers': '*',
      'access-control-max-age': '600',
      'cross-origin-resource-policy': 'cross-origin',
    };
    if (asked.method === 'OPTIONS') return void answer.writeHead(204, allow).end();
    const loses = asked.url === '/api/v1/envelopes' && submissions++ % lostOneOf === lostOneOf - 1;
    const { origin: _page, 'sec-fetch-site': _site, ...headers } = asked.headers;
    const onward = request(
      `${target}${asked.url ?? ''}`,
      { method: asked.method ?? 'GET', headers },
      (heard) => {
        if (loses) {
          lost += 1;
          heard.resume();
          heard.on('end', () => asked.socket.resetAndDestroy());
          return;
        }
        answer.writeHead(heard.statusCode ?? 502, { ...heard.headers, ...allow });
        heard.pipe(answer);
      },
    );
    onward.on('error', () => asked.socket.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Answers lost so far. */
    lost: () => lost,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
