import { base64url } from '@tongban/core';
import type { ProbedLine } from '../line/line.ts';
import { storeFailure } from '../storage/failure.ts';
import { type SenderOptions, startSender } from './sender.ts';

export interface OutboxWorkOptions
  extends Omit<SenderOptions, 'line' | 'worker' | 'onFault' | 'centreTime' | 'centreProtocol'> {
  readonly line: ProbedLine;
}

export interface OutboxWork {
  /** The centre's epoch, from whoever heard it. */
  heardEpoch(epoch: string): void;
  stop(): Promise<void>;
}

/** Everything the worker does for the outbox: make lost rows again, send, and take away what was kept long enough. */
export async function startOutboxWork(options: OutboxWorkOptions): Promise<OutboxWork> {
  const { desk, line, random } = options;
  await desk.recover();
  let protocol: number | undefined;
  const sender = startSender({
    ...options,
    worker: base64url(random.bytes(9)),
    centreTime: line.centreTime,
    centreProtocol: () => protocol,
    onFault: () => void line.probe(),
  });
  let evicting: Promise<void> = Promise.resolve();
  const unhear = line.onAnswer((answer) => {
    sender.heardEpoch(answer.epoch);
    if (protocol !== answer.protocol) {
      protocol = answer.protocol;
      sender.heardProtocol();
    }
    evicting = evicting.then(evictOld);
  });

  /** [C4] By the centre's clock, which is known here: it has just answered. */
  async function evictOld(): Promise<void> {
    const now = line.centreTime();
    if (now === undefined) return;
    const old = desk
      .entries()
      .filter(({ state }) => state.at === 'received' && Date.parse(state.keepUntil) < now);
    if (old.length === 0) return;
    try {
      await desk.evict(old.map(({ id }) => id));
    } catch (error) {
      // What a refusing disk keeps for longer does no harm; the next answer of the centre tries again.
      if (storeFailure(error) === undefined) throw error;
    }
  }

  return {
    heardEpoch: sender.heardEpoch,
    async stop() {
      unhear();
      await sender.stop();
      await evicting;
    },
  };
}
