import type { Envelope, Result } from '@tongban/core';
import type { Centre } from '../centre/centre.ts';
import type { CentreFailure } from '../centre/request.ts';
import type { HeardAnswer } from '../protocol/index.ts';

type Heard = Result<HeardAnswer, CentreFailure>;

export interface Mail {
  /** Offers an envelope to the centre, perhaps together with others. The answer may hold their verdicts too. */
  submit(envelope: Envelope): Promise<Heard>;
}

/** So many requests are under way at once; who comes beyond that travels together in the next one. */
const requestsAtOnce = 4;
const mostTogether = 50;
/** Bytes of envelopes in one request, unless the first is longer by itself. */
const mostBytes = 1_000_000;

interface Waiting {
  readonly envelope: Envelope;
  readonly size: number;
  readonly answer: (heard: Heard) => void;
}

/**
 * Few envelopes go each in a request of its own, so that none waits for another. When more are due than requests may be
 * under way, those that wait go together: a terminal that was without a line for days need not ask a thousand times.
 */
export function startMail(centre: Pick<Centre, 'submit'>, signal: AbortSignal): Mail {
  const waiting: Waiting[] = [];
  let underWay = 0;

  function pump(): void {
    while (underWay < requestsAtOnce && waiting.length > 0) {
      underWay += 1;
      void carry(next()).finally(() => {
        underWay -= 1;
        pump();
      });
    }
  }

  function next(): readonly Waiting[] {
    let bytes = 0;
    const fits = waiting.findIndex(({ size }, index) => {
      bytes += size;
      return index === mostTogether || (index > 0 && bytes > mostBytes);
    });
    return waiting.splice(0, fits === -1 ? waiting.length : fits);
  }

  async function carry(some: readonly Waiting[]): Promise<void> {
    const heard = await centre.submit(
      some.map(({ envelope }) => envelope),
      signal,
    );
    if (some.length > 1 && !heard.ok && mayBeOneOfThem(heard.error)) {
      // [O6] One of them may have spoilt it for all: each is asked about by itself, and is blamed for itself only.
      for (const one of some) await carry([one]);
      return;
    }
    for (const { answer } of some) answer(heard);
  }

  return {
    submit: (envelope) =>
      new Promise((answer) => {
        waiting.push({ envelope, size: JSON.stringify(envelope).length, answer });
        pump();
      }),
  };
}

/** Whether the answer may be about what was sent. No answer, and not being let in, are not. */
function mayBeOneOfThem(failure: CentreFailure): boolean {
  if (failure.kind === 'fault') return failure.why !== 'unreachable';
  return failure.status !== 401 && failure.status !== 403 && failure.status !== 429;
}
