import type { Unit } from '../database/database.ts';
import { examineApplication } from './application.ts';
import { type Arrived, readArrived, readClosed, sealerFaults } from './arrived.ts';
import { keepApart } from './keepApart.ts';
import { settleRating } from './rating.ts';
import type { Rooms } from './rooms.ts';
import { settleApplication } from './settleApplication.ts';
import { examineSupplement, settleSupplement } from './supplement.ts';

/**
 * Second half of taking a submission in: looks at what is inside, then writes all of it in one transaction that also
 * marks the envelope as judged. Whatever interrupts it, it is done again from the start or has been done whole.
 */
export async function judge(rooms: Rooms, submissionId: string): Promise<void> {
  const arrived = await readArrived(rooms.centre, rooms.centre.database, submissionId);
  if (arrived === undefined) return;
  // The costly looking (opening files, verifying papers) is done before any row is locked.
  const settle = await prepare(rooms, arrived);
  await rooms.centre.database.transaction(async (unit) => {
    if (await claim(rooms, unit, submissionId)) await settle(unit);
  });
}

/** Keeps by itself what could not be judged after several tries, so that a counter sees it. */
export async function setAside(rooms: Rooms, submissionId: string): Promise<void> {
  const { database } = rooms.centre;
  // What no longer opens is set aside all the same, or it would be tried for ever.
  const arrived = await readArrived(rooms.centre, database, submissionId).catch(() =>
    readClosed(database, submissionId),
  );
  if (arrived === undefined) return;
  await rooms.centre.database.transaction(async (unit) => {
    if (!(await claim(rooms, unit, submissionId))) return;
    await keepApart(rooms.centre, unit, arrived, { fault: 'judgement-failed', about: '' });
  });
}

/** True for the one transaction that judges this envelope; another one at the same moment waits, then gets false. */
async function claim({ centre }: Rooms, unit: Unit, submissionId: string): Promise<boolean> {
  const { rowCount } = await unit.query(
    'update envelopes set judged_at = $2 where submission_id = $1 and judged_at is null',
    [submissionId, centre.clock.now().toISOString()],
  );
  return rowCount === 1;
}

async function prepare(rooms: Rooms, arrived: Arrived): Promise<(unit: Unit) => Promise<void>> {
  const { centre } = rooms;
  const { manifest } = arrived;
  if (manifest === undefined) {
    return (unit) => keepApart(centre, unit, arrived, { fault: 'manifest-unreadable', about: '' });
  }
  switch (manifest.kind) {
    case 'application': {
      const examined = await examineApplication(rooms, arrived, manifest);
      return (unit) => settleApplication(centre, unit, arrived, manifest, examined);
    }
    case 'supplement': {
      const faults = [...sealerFaults(arrived), ...(await examineSupplement(centre, manifest))];
      return async (unit) => {
        const homeless = await settleSupplement(centre, unit, arrived, manifest, faults);
        if (homeless !== undefined) await keepApart(centre, unit, arrived, homeless);
      };
    }
    case 'rating':
      return (unit) => settleRating(centre, unit, arrived, manifest);
  }
}
