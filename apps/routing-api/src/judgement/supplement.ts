import { applyEvent, handedInInTime, type SupplementManifest } from '@tongban/core';
import { openCorrections } from '../cases/corrections.ts';
import { type CaseRecord, followCase, lockSubmission, saveStatus } from '../cases/record.ts';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { Arrived } from './arrived.ts';
import type { Fault } from './fault.ts';
import { examineFiles } from './materials.ts';

/** Looks at the files of an answer to a supplement notice. */
export async function examineSupplement(
  centre: Centre,
  manifest: SupplementManifest,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { material, state, files } of manifest.materials) {
    if (state !== 'provided') faults.push({ fault: 'material-missing', about: material });
    else faults.push(...(await examineFiles(centre, { id: material, maxFiles: 9 }, files)));
  }
  return faults;
}

/**
 * Adds the answer to its case. Returns the fault that keeps it from any case (then the caller keeps it by itself);
 * faults of its files are opened as corrections on the case, so that a counter sees what was sent.
 */
export async function settleSupplement(
  centre: Centre,
  unit: Unit,
  arrived: Arrived,
  manifest: SupplementManifest,
  faults: readonly Fault[],
): Promise<Fault | undefined> {
  const cases = await lockSubmission(centre, unit, manifest.caseNumber);
  const own = cases.find(({ caseNumber }) => caseNumber === manifest.caseNumber);
  if (own === undefined) return { fault: 'case-unknown', about: '' };
  const receipt = await unit.query<{ secret_hash: string }>(
    'select secret_hash from receipts where receipt_number = $1',
    [own.receiptNumber],
  );
  const fits =
    own.receiptNumber === manifest.receiptNumber &&
    receipt.rows[0]?.secret_hash === manifest.receiptSecretHash;
  if (!fits) return { fault: 'receipt-not-matching', about: '' };
  await unit.query(
    'insert into case_envelopes (case_number, submission_id) values ($1, $2) on conflict do nothing',
    [own.caseNumber, arrived.submissionId],
  );
  // What comes for a case whose content was deleted already goes with the next deletion.
  await unit.query('update cases set forgotten_at = null where case_number = $1', [own.caseNumber]);
  if (arrived.sealer !== undefined)
    await followCase(unit, own.caseNumber, arrived.sealer.statusGroup);
  const at = centre.clock.now().toISOString();
  const materials = manifest.materials.map(({ material }) => material);
  const refused =
    faults.length > 0 ? faults : await move(centre, unit, own, materials, at, arrived, manifest);
  if (refused.length > 0) {
    await openCorrections(unit, own.caseNumber, refused, at);
    await saveStatus(unit, own.status);
  }
  unit.audit({
    event: refused.length > 0 ? 'case.supplement-kept' : 'case.supplemented',
    actor: 'centre',
    subject: own.caseNumber,
    correlation: arrived.correlation,
    detail: {
      submission: arrived.submissionId,
      materials,
      faults: refused.map(({ fault }) => fault),
    },
  });
  return undefined;
}

async function move(
  centre: Centre,
  unit: Unit,
  own: CaseRecord,
  materials: readonly string[],
  at: string,
  arrived: Arrived,
  manifest: SupplementManifest,
): Promise<readonly Fault[]> {
  const item = (await centre.catalogueOf(own.catalogueVersion))?.items.find(
    ({ id }) => id === own.status.item,
  );
  if (item === undefined) return [{ fault: 'item-unknown', about: own.status.item }];
  const next = applyEvent(
    own.status,
    { kind: 'supplemented', at, materials: [...materials] },
    item,
    centre.catalogue.calendar,
  );
  if (!next.ok) return [{ fault: 'not-asked-for', about: '' }];
  const returned = own.status.state === 'returned';
  if (returned && !handedInInTime(own.status.events, materials, handedIn(arrived, manifest)))
    return [{ fault: 'supplement-late', about: '' }];
  await saveStatus(unit, next.value);
  return [];
}

/**
 * When the applicant handed it in, as far as it is proven. A hall's terminal says so under its own key, however long it
 * then was without a line; a phone is anybody's, and its clock proves nothing: there it is when it came to the centre.
 */
function handedIn({ receivedAt, sealer }: Arrived, { sealedAt }: SupplementManifest): Date {
  const received = new Date(receivedAt);
  const sealed = new Date(sealedAt);
  const proven = sealer !== undefined && sealer.profile !== 'phone' && sealed < received;
  return proven ? sealed : received;
}
