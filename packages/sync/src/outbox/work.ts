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

/** So often the shelf is looked through for what another tab could not make a row of, in ms. */
const lookEvery = 60_000;

/** Everything the worker does for the outbox: make lost rows again, send, and take away what was kept long enough. */
export async function startOutboxWork(options: OutboxWorkOptions): Promise<OutboxWork> {
  const { desk, line, random, timer } = options;
  await desk.recover();
  let protocol: number | undefined;
  const sender = startSender({
    ...options,
    worker: base64url(random.bytes(9)),
    centreTime: line.centreTime,
    centreProtocol: () => protocol,
    onFault: () => void line.probe(),
  });
  /** One after the other: what is being taken away must not be found again. */
  let tidying: Promise<void> = Promise.resolve();
  let looked = true;
  let cancelLook = timer.after(lookEvery, lookAgain);
  const unhear = line.onAnswer((answer) => {
    sender.heardEpoch(answer.epoch);
    if (protocol !== answer.protocol) {
      protocol = answer.protocol;
      sender.heardProtocol();
    }
    tidying = tidying.then(() => tidy(answer.epoch));
  });

  function lookAgain(): void {
    looked = false;
    cancelLook = timer.after(lookEvery, lookAgain);
  }

  /** What a refusing disk keeps for longer, or from its row, does no harm; the next answer of the centre tries again. */
  async function tidy(epoch: string): Promise<void> {
    try {
      if (!looked) await desk.recover();
      looked = true;
      await evictOld(epoch);
    } catch (error) {
      if (storeFailure(error) === undefined) throw error;
    }
  }

  /**
   * [C4] By the centre's clock, which is known here: it has just answered. [E5] And only what it received in the life
   * it answers from: anything else it may not have.
   */
  async function evictOld(epoch: string): Promise<void> {
    const now = line.centreTime();
    if (now === undefined) return;
    const old = ({ state }: Entry) =>
      state.at === 'received' && state.epoch === epoch && Date.parse(state.keepUntil) < now;
    for (const entry of desk.entries()) {
      if (old(entry) || entry.state.at === 'leaving') await desk.evict(entry.id, old);
    }
  }

  return {
    heardEpoch: sender.heardEpoch,
    async stop() {
      unhear();
      cancelLook();
      await sender.stop();
      await tidying;
    },
  };
}
