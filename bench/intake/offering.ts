import { Agent, request } from 'node:http';
import type { SubmitAnswer } from '@tongban/sync/protocol';
import { type Finished, inParallel } from '../routing/crowd.ts';
import { headersOf, offers, type Ready } from './envelopes.ts';

/** Offers what is ready over so many lasting connections, each with one request at a time (closed loop). */
export async function offerAll(
  origin: string,
  ready: readonly Ready[],
  connections: number,
): Promise<Finished<number>> {
  const agents = Array.from(
    { length: connections },
    () => new Agent({ keepAlive: true, maxSockets: 1 }),
  );
  try {
    return await inParallel(agents, ready, async (agent, one) => {
      const began = performance.now();
      const { verdicts } = await post(origin, agent, one);
      const received = verdicts.filter(({ verdict }) => verdict === 'received').length;
      if (received !== one.envelopes.length) throw new Error(JSON.stringify(verdicts[0]));
      return performance.now() - began;
    });
  } finally {
    for (const agent of agents) agent.destroy();
  }
}

function post(origin: string, agent: Agent, ready: Ready): Promise<SubmitAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${origin}${offers}`,
      { method: 'POST', agent, headers: headersOf(ready) },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(JSON.parse(text) as SubmitAnswer);
          else reject(new Error(`${answer.statusCode}: ${text}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(ready.body);
  });
}
