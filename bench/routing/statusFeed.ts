import type { PublicStatus } from '@tongban/core';
import type { ChangesAnswer, StreamLine } from '@tongban/sync/protocol';
import type { Kiosk } from './kiosk.ts';

/** How long a submission may take before the bench gives it up, in ms. */
const patience = 60_000;

export interface StatusFeed {
  /** Resolves to the moment (`performance.now()`) at which the hall's terminals could read that it was routed. */
  routed(receiptNumber: string): Promise<number>;
  stop(): Promise<void>;
}

/** Follows a hall's public status as its terminals do: the stream says that something changed, then they pull. */
export async function followStatus(kiosk: Kiosk): Promise<StatusFeed> {
  const seen = new Map<string, number>();
  const waiting = new Map<string, PromiseWithResolvers<number>>();
  let since: ChangesAnswer['checkpoint'] | undefined;

  async function pull(): Promise<void> {
    let complete = false;
    while (!complete) {
      const after = since === undefined ? '' : `epoch=${since.epoch}&seq=${since.seq}&`;
      const answer = await kiosk.ask('GET', `/api/v1/changes/status?${after}limit=500`);
      const changes = (await answer.json()) as ChangesAnswer;
      const at = performance.now();
      ({ complete, checkpoint: since } = changes);
      for (const { body } of changes.rows) {
        const status = body as PublicStatus;
        if (!status.events.some(({ kind }) => kind === 'routed')) continue;
        if (seen.has(status.receiptNumber)) continue;
        seen.set(status.receiptNumber, at);
        waiting.get(status.receiptNumber)?.resolve(at);
      }
    }
  }

  const stream = (await kiosk.ask('GET', '/api/v1/stream')).body;
  if (stream === null) throw new Error('The stream has no body.');
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  const following = (async () => {
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = `${rest}${value}`.split('\n');
      rest = lines.pop() ?? '';
      const news = lines.map((line) => JSON.parse(line) as StreamLine);
      if (news.some((line) => line.kind === 'changed' && line.scope === 'status')) await pull();
    }
  })().catch((error: unknown) => {
    for (const one of waiting.values()) one.reject(error);
  });

  return {
    routed(receiptNumber) {
      const known = seen.get(receiptNumber);
      if (known !== undefined) return Promise.resolve(known);
      const asked = Promise.withResolvers<number>();
      waiting.set(receiptNumber, asked);
      const late = setTimeout(() => {
        asked.reject(new Error(`${receiptNumber} was not routed in time.`));
      }, patience);
      return asked.promise.finally(() => clearTimeout(late));
    },
    async stop() {
      await reader.cancel();
      await following;
    },
  };
}
