import type { Line, Random } from '@tongban/core';
import { protocolVersion } from '../protocol/index.ts';
import { storeFailure } from '../storage/failure.ts';
import { backOff, type Timer } from '../surroundings/timer.ts';
import { type Attempt, type DeliveryOptions, deliver } from './delivery.ts';
import { type Entry, maybeUnderstoodNow } from './entry.ts';
import { startMail } from './mail.ts';
import { startNewLife } from './newLife.ts';

export interface SenderOptions extends Omit<DeliveryOptions, 'signal' | 'mail' | 'onEpoch'> {
  readonly line: Line;
  readonly timer: Timer;
  readonly random: Random;
  /** Something went wrong under way: is the line still there? */
  readonly onFault: () => void;
  /** The centre does not know this device (any more). */
  readonly onNotAdmitted: () => void;
}

export interface Sender {
  /** The centre's epoch, from whoever heard it. */
  heardEpoch(epoch: string): void;
  /** The centre said which protocol it speaks. */
  heardProtocol(): void;
  /** Stops; what is under way is broken off. Resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

/** So many entries send files at once, so that a slow one holds up no other ([O6]). */
const lanes = 4;
/** So many are under way at all: those whose files are up go together where they are many. */
const wide = 50;

/** Works the outbox off. One in a browser: see the worker. */
export function startSender(options: SenderOptions): Sender {
  const { desk, line, timer, random } = options;
  const stopped = new AbortController();
  const underWay = new Map<string, Promise<void>>();
  /** Those among them that had files to send. */
  const withFiles = new Set<string>();
  const mail = startMail(options.centre, stopped.signal);
  /** Waits of entries that met a fault; they live in memory only, so a restart begins afresh. */
  const waits = new Map<string, { readonly attempts: number; cancel: (() => void) | undefined }>();

  const newLife = startNewLife(options);
  const { heardEpoch } = newLife;
  const unwatchDesk = desk.watch(pump);
  let connected = line.state().at === 'connected';
  const unwatchLine = line.watch((state) => {
    const was = connected;
    connected = state.at === 'connected';
    if (connected && !was) forgetWaits();
    pump();
  });

  function pump(): void {
    if (stopped.signal.aborted || !connected) return;
    for (const entry of desk.due()) {
      if (underWay.size >= wide) return;
      if (underWay.has(entry.id) || waits.get(entry.id)?.cancel !== undefined) continue;
      if (hasFilesToSend(entry)) {
        if (withFiles.size >= lanes) continue;
        withFiles.add(entry.id);
      }
      underWay.set(entry.id, send(entry.id));
    }
  }

  async function send(id: string): Promise<void> {
    let attempt: Attempt = 'faulted';
    try {
      attempt = await deliver(id, {
        ...options,
        mail,
        signal: stopped.signal,
        onEpoch: heardEpoch,
      });
    } catch (error) {
      // A disk that does not answer now may answer later; anything else is a bug and is not hidden.
      if (storeFailure(error) === undefined) throw error;
    } finally {
      underWay.delete(id);
      withFiles.delete(id);
      if (!stopped.signal.aborted) settle(id, attempt);
    }
  }

  function settle(id: string, attempt: Attempt): void {
    if (attempt === 'concluded') waits.delete(id);
    else waitFor(id);
    if (attempt === 'faulted') options.onFault();
    if (attempt === 'not-admitted') options.onNotAdmitted();
    pump();
  }

  function waitFor(id: string): void {
    const attempts = (waits.get(id)?.attempts ?? 0) + 1;
    const cancel = timer.after(backOff(attempts - 1, random), () => {
      waits.set(id, { attempts, cancel: undefined });
      pump();
    });
    waits.set(id, { attempts, cancel });
  }

  function forgetWaits(): void {
    for (const { cancel } of waits.values()) cancel?.();
    waits.clear();
  }

  function offerAgainWhatWasNotUnderstood(): void {
    const now = (entry: Entry) =>
      maybeUnderstoodNow(entry, protocolVersion, options.centreProtocol());
    for (const entry of desk.entries()) {
      if (now(entry)) track(desk.apply(entry.id, { kind: 'resend' }, now));
    }
  }

  /** Work that nobody awaits here, but that must have ended before the stores are closed. */
  const loose = new Set<Promise<unknown>>();
  function track(work: Promise<unknown>): void {
    loose.add(work);
    void work.finally(() => loose.delete(work));
  }

  offerAgainWhatWasNotUnderstood();
  pump();

  return {
    heardEpoch,
    heardProtocol: offerAgainWhatWasNotUnderstood,
    async stop() {
      stopped.abort();
      unwatchDesk();
      unwatchLine();
      forgetWaits();
      await Promise.allSettled([...underWay.values(), ...loose, newLife.stop()]);
    },
  };
}

function hasFilesToSend({ state, files }: Entry): boolean {
  return files.length > 0 && 'sent' in state && state.sent.length < files.length;
}
