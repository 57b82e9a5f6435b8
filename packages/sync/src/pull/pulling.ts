import type { Random } from '@tongban/core';
import type { Centre } from '../centre/centre.ts';
import type { CentreFailure } from '../centre/request.ts';
import type { ProbedLine } from '../line/line.ts';
import type { Scope } from '../protocol/index.ts';
import { backOff, type Timer } from '../surroundings/timer.ts';
import type { ScopePull } from './scope.ts';
import { createStanding } from './standing.ts';
import { followStream } from './stream.ts';

const scopes: readonly Scope[] = ['catalogue', 'settings', 'status'];

export interface PullingOptions {
  readonly pulls: Readonly<Record<Scope, ScopePull>>;
  readonly centre: Centre;
  readonly line: ProbedLine;
  readonly timer: Timer;
  readonly random: Random;
  readonly onComplete: (scope: Scope) => Promise<void>;
  readonly onEpoch: (epoch: string) => void;
  readonly onNotAdmitted: () => void;
}

export interface Pulling {
  /** Pulls everything once more: the page is looked at again, or we were let in. */
  pullAll(): void;
  stop(): Promise<void>;
}

/** Unless the stream says where the scopes stand, everything is pulled this often anyway, in ms. */
const anyway = 60_000;

/** Keeps every scope as the centre has it, as long as there is a line. */
export function startPulling(options: PullingOptions): Pulling {
  const { line, timer, random, centre, pulls } = options;
  const wanted = new Set<Scope>();
  const underWay = new Map<Scope, Promise<void>>();
  const attempts = new Map<Scope, number>();
  const waits = new Map<Scope, () => void>();
  const standing = createStanding();
  /** The stream said where the scopes stand since the last time that everything was pulled anyway. */
  let saysWhere = false;
  let stopped = false;
  let connected = line.state().at === 'connected';

  const stream = followStream({
    centre,
    timer,
    random,
    onFailure: heedFailure,
    onLine(news) {
      if (news.kind === 'changed') {
        want(news.scope);
        return;
      }
      if (news.kind === 'hello') options.onEpoch(news.epoch);
      const behind = standing.heed(news);
      saysWhere = behind !== undefined;
      if (behind !== undefined) for (const scope of behind) want(scope);
      else if (news.kind === 'hello') pullAll();
    },
  });

  const unwatch = line.watch((state) => {
    const was = connected;
    connected = state.at === 'connected';
    if (connected && !was) {
      stream.hurry();
      pullAll();
    }
  });

  let cancelAnyway = timer.after(anyway, again);
  function again(): void {
    cancelAnyway = timer.after(anyway, again);
    if (!saysWhere) pullAll();
    saysWhere = false;
  }

  function pullAll(): void {
    for (const scope of scopes) want(scope);
  }

  function want(scope: Scope): void {
    wanted.add(scope);
    waits.get(scope)?.();
    waits.delete(scope);
    pump(scope);
  }

  function pump(scope: Scope): void {
    if (stopped || !connected || !wanted.has(scope) || underWay.has(scope) || waits.has(scope))
      return;
    underWay.set(
      scope,
      pullScope(scope).finally(() => {
        underWay.delete(scope);
        pump(scope);
      }),
    );
  }

  async function pullScope(scope: Scope): Promise<void> {
    wanted.delete(scope);
    const arrived = standing.begin(scope);
    const outcome = await pulls[scope].pull();
    if (outcome.kind === 'paused') return;
    if (outcome.kind === 'complete') {
      attempts.delete(scope);
      const pulled = pulls[scope].upTo();
      if (pulled !== undefined) arrived(pulled);
      options.onEpoch(outcome.epoch);
      await options.onComplete(scope);
      return;
    }
    wanted.add(scope);
    const attempt = attempts.get(scope) ?? 0;
    attempts.set(scope, attempt + 1);
    const resume = () => {
      waits.delete(scope);
      pump(scope);
    };
    if (!stopped) waits.set(scope, timer.after(backOff(attempt, random), resume));
    if (outcome.why !== 'store') heedFailure(outcome.why);
  }

  function heedFailure(failure: CentreFailure): void {
    if (failure.kind === 'fault') void line.probe();
    else if (failure.status === 401 || failure.status === 403) options.onNotAdmitted();
  }

  pullAll();

  return {
    pullAll,
    async stop() {
      stopped = true;
      unwatch();
      cancelAnyway();
      for (const cancel of waits.values()) cancel();
      for (const scope of scopes) pulls[scope].abort();
      await stream.stop();
      // RxDB's replication is not to be cancelled in the middle of a run: who awaits that run would wait for ever.
      await Promise.allSettled(underWay.values());
      for (const scope of scopes) await pulls[scope].stop();
    },
  };
}
