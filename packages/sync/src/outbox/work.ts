import { base64url } from '@tongban/core';
import type { ProbedLine } from '../line/line.ts';
import { storeFailure } from '../storage/failure.ts';
import type { Entry } from './entry.ts';
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
    evicting = evicting.then(() => evictOld(answer.epoch));
  });

  /**
   * [C4] By the centre's clock, which is known here: it has just answered. [E5] And only what it received in the life
   * it answers from: anything else it may not have.
   */
  async function evictOld(epoch: string): Promise<void> {
    const now = line.centreTime();
    if (now === undefined) return;
    const old = ({ state }: Entry) =>
      state.at === 'received' && state.epoch === epoch && Date.parse(state.keepUntil) < now;
    try {
      for (const entry of desk.entries()) {
        if (old(entry) || entry.state.at === 'leaving') await desk.evict(entry.id, old);
      }
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
