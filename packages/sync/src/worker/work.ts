import type { Random } from '@tongban/core';
import type { RxCollection } from 'rxdb';
import type { Centre } from '../centre/centre.ts';
import { admittedLine } from '../enrolment/admitted.ts';
import { type EnrolmentOptions, keptEnrolment, startEnrolling } from '../enrolment/enrolment.ts';
import type { ProbedLine } from '../line/line.ts';
import type { OutboxDesk } from '../outbox/outbox.ts';
import type { Shelf } from '../outbox/shelf.ts';
import { startOutboxWork } from '../outbox/work.ts';
import type { Scope } from '../protocol/index.ts';
import type { Drawer } from '../pull/drawers.ts';
import { startPulling } from '../pull/pulling.ts';
import { replicateScope } from '../pull/scope.ts';
import { pullStatus } from '../pull/statusPull.ts';
import type { Row, Rows } from '../storage/rows.ts';
import type { Timer } from '../surroundings/timer.ts';

export interface WorkOptions extends Omit<EnrolmentOptions, 'line'> {
  readonly line: ProbedLine;
  readonly desk: OutboxDesk;
  readonly shelf: Shelf;
  readonly centre: Centre;
  readonly collections: Readonly<Record<'catalogue' | 'settings', RxCollection<Row>>>;
  readonly status: Rows<Drawer>;
  readonly timer: Timer;
  readonly random: Random;
  /** A scope is here as the centre has it. */
  readonly onComplete: (scope: Scope) => Promise<void>;
}

export interface Work {
  /** The page is looked at again: see what is new. */
  refresh(): void;
  stop(): Promise<void>;
}

/** Everything that one tab does for the whole browser: enrol, send, pull. */
export async function startWork(options: WorkOptions): Promise<Work> {
  const { line, kept, centre, collections, status } = options;
  const enrolling = startEnrolling(options);
  const enrolledBefore = (await keptEnrolment(kept)) !== undefined;
  const admitted = admittedLine(line, enrolledBefore ? Promise.resolve() : enrolling.heard);
  const outbox = await startOutboxWork({
    ...options,
    line: admitted,
    onNotAdmitted: notAdmitted,
  });
  const pulling = startPulling({
    ...options,
    pulls: {
      catalogue: replicateScope('catalogue', collections.catalogue, centre),
      settings: replicateScope('settings', collections.settings, centre),
      status: pullStatus({ rows: status, kept, centre }),
    },
    line: admitted,
    onEpoch: heardEpoch,
    onNotAdmitted: notAdmitted,
  });
  let known: string | undefined;
  const unhear = line.onAnswer(({ epoch }) => heardEpoch(epoch));

  /** The centre was restored from a backup: it may not know us, nor what it had received ([E1], [E2], [E3]). */
  function heardEpoch(epoch: string): void {
    if (epoch === known) return;
    const changed = known !== undefined;
    known = epoch;
    outbox.heardEpoch(epoch);
    if (!changed) return;
    enrolling.again();
    pulling.pullAll();
  }

  /** Our clock may be wrong, or the centre does not know us: measure the one, see to the other. */
  function notAdmitted(): void {
    void line.probe();
    enrolling.again();
  }

  return {
    refresh: pulling.pullAll,
    async stop() {
      unhear();
      await Promise.all([enrolling.stop(), outbox.stop(), pulling.stop()]);
    },
  };
}
