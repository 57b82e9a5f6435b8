import {
  channels,
  type Manifest,
  makeCaseNumber,
  parseCaseNumber,
  receivedCase,
} from '@tongban/core';
import { openCorrections } from '../cases/corrections.ts';
import { insertCase } from '../cases/record.ts';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import { type Arrived, nobodysGroup } from './arrived.ts';
import { unknownItem } from './catalogueId.ts';
import type { Fault } from './fault.ts';

/**
 * Keeps what fits no case as a case of its own, with a number made here and a correction that says why: a counter
 * calls the applicant, instead of the submission being lost.
 */
export async function keepApart(
  centre: Centre,
  unit: Unit,
  arrived: Arrived,
  fault: Fault,
): Promise<void> {
  const at = centre.clock.now().toISOString();
  const manifest = arrived.manifest ?? looseManifest(arrived.json);
  const wanted = parseCaseNumber(manifest.receiptNumber ?? '');
  const number = makeCaseNumber(
    centre.catalogue.region,
    channels.counter,
    centre.clock.now(),
    centre.random,
  );
  const about = {
    caseNumber: number,
    receiptNumber: wanted ?? number,
    item: unknownItem,
    department: '',
    rule: -1,
  };
  const status = receivedCase(about, arrived.receivedAt);
  await insertCase(
    centre,
    unit,
    {
      caseNumber: number,
      submissionId: arrived.submissionId,
      receiptNumber: status.receiptNumber,
      catalogueVersion: centre.catalogue.version,
      status,
      hall: arrived.sealer?.hall,
      ticket: undefined,
      receivedAt: arrived.receivedAt,
      correlation: arrived.correlation,
      findings: { applicant: '', papers: [], register: [] },
    },
    arrived.sealer?.statusGroup ?? nobodysGroup,
  );
  await openCorrections(unit, number, [fault], at);
  unit.audit({
    event: 'envelope.kept-apart',
    actor: 'centre',
    subject: number,
    correlation: arrived.correlation,
    detail: { submission: arrived.submissionId, fault: fault.fault },
  });
}

/** What can be made out of a manifest whose shape is not one we know. */
function looseManifest(json: string): Partial<Pick<Manifest, 'receiptNumber'>> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || !('receiptNumber' in value)) return {};
    return typeof value.receiptNumber === 'string' ? { receiptNumber: value.receiptNumber } : {};
  } catch {
    return {};
  }
}
