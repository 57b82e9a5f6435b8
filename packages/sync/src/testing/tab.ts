import { createHash } from 'node:crypto';
import { base64url, type Clock, type Envelope, type FileAddress, type Random } from '@tongban/core';
import { createCentre } from '../centre/centre.ts';
import type { CentreOptions } from '../centre/request.ts';
import { startLine } from '../line/line.ts';
import type { Entry } from '../outbox/entry.ts';
import { openOutbox } from '../outbox/outbox.ts';
import { startOutboxWork } from '../outbox/work.ts';
import { takeSeat } from '../worker/worker.ts';
import type { browserChannels, browserLocks } from './browser.ts';
import { handTimer } from './hands.ts';
import { type MemoryDisk, memoryRows, memoryShelf } from './memory.ts';

export interface TabOptions {
  readonly name: string;
  readonly disk: MemoryDisk<Entry>;
  readonly locks: ReturnType<typeof browserLocks>;
  readonly channels: ReturnType<typeof browserChannels>;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly parts?: CentreOptions['parts'];
}

/** A vault whose signatures nobody checks: what is tried here is the outbox, and WebCrypto would not keep in step. */
const vault = {
  terminal: async () => ({
    id: 'terminal' as never,
    publicJwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  }),
  sign: async () => new Uint8Array(64),
};

/**
 * One tab of a browser with the real outbox, line and worker over a memory disk. `dieAt` kills it at the n-th access to
 * the disk from now, before or after that access took effect.
 */
export async function openTab(options: TabOptions) {
  const { name, disk, locks, channels, clock, random } = options;
  const timer = handTimer();
  let dead = false;
  let stepsToLive = Number.POSITIVE_INFINITY;
  let thawed: PromiseWithResolvers<void> | undefined;
  const never = new Promise<never>(() => {});

  async function gate(): Promise<void> {
    if (dead) return never;
    stepsToLive -= 1;
    if (stepsToLive <= 0) {
      kill();
      return never;
    }
    await thawed?.promise;
    if (dead) return never;
  }

  function kill(): void {
    dead = true;
    timer.cancelAll();
    locks.kill(name);
  }

  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (dead) return never;
    const ended = options.fetch(input, init).then(
      async (response) => {
        await thawed?.promise;
        return dead ? never : response;
      },
      (error: unknown) => (dead ? never : Promise.reject(error)),
    );
    return ended;
  };

  const rows = memoryRows<Entry>(disk, gate);
  const shelf = memoryShelf(disk, gate);
  const centre = createCentre({
    origin: '',
    fetch,
    vault,
    centreClock: clock,
    random,
    timer,
    ...(options.parts !== undefined && { parts: options.parts }),
  });
  const line = startLine({ centre, clock, random, timer });
  const desk = await openOutbox(rows, shelf, clock);
  const seat = takeSeat({
    name: 'worker',
    locks: locks.ofTab(name),
    timer,
    channel: (channel) => channels(channel, () => !dead && thawed === undefined),
    start: () =>
      startOutboxWork({
        desk,
        shelf,
        centre,
        line,
        timer,
        random,
        onNotAdmitted: () => void line.probe(),
      }),
  });

  return {
    name,
    desk,
    line,
    seat,
    timer,
    kill,
    /** Nothing of it runs on until it thaws. */
    freeze() {
      thawed = Promise.withResolvers();
    },
    thaw() {
      thawed?.resolve();
      thawed = undefined;
    },
    dieAt(steps: number) {
      stepsToLive = steps;
    },
    get dead() {
      return dead;
    },
    async close() {
      line.stop();
      await seat.leave();
      desk.close();
    },
  };
}

export type Tab = Awaited<ReturnType<typeof openTab>>;

/** An envelope that nobody can open, with files: for an outbox it is as good as any. */
export function madeUpEnvelope(random: Random, fileCount: number) {
  const submissionId = uuidOf(random);
  const files = new Map<FileAddress, Uint8Array>();
  for (let index = 0; index < fileCount; index++) {
    const bytes = random.bytes(40 + index);
    files.set(createHash('sha256').update(bytes).digest('base64url') as FileAddress, bytes);
  }
  const envelope: Envelope = {
    protocol: 1,
    submissionId,
    kind: 'application',
    manifestHash: base64url(random.bytes(32)),
    terminal: base64url(random.bytes(32)),
    files: [...files.keys()],
    jwe: base64url(random.bytes(60)),
  };
  return { envelope, files, receiptNumber: submissionId };
}

function uuidOf(random: Random): string {
  const hex = Buffer.from(random.bytes(16)).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
