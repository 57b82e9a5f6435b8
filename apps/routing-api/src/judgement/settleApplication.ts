import {
  type ApplicationManifest,
  applyEvent,
  type CaseEvent,
  channels,
  makeCaseNumber,
  type PublicStatus,
  parseCaseNumber,
  receivedCase,
  type ServiceItem,
} from '@tongban/core';
import { openCorrections } from '../cases/corrections.ts';
import { insertCase } from '../cases/record.ts';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { ExaminedCase } from './application.ts';
import { type Arrived, nobodysGroup } from './arrived.ts';
import { catalogueId } from './catalogueId.ts';
import type { Fault } from './fault.ts';

/** Writes what was examined: the receipt, a case for each item with its first events, and its corrections. */
export async function settleApplication(
  centre: Centre,
  unit: Unit,
  arrived: Arrived,
  manifest: ApplicationManifest,
  examined: readonly ExaminedCase[],
): Promise<void> {
  const receiptNumber = await keepReceipt(centre, unit, arrived, manifest);
  const receiptFault: Fault[] =
    receiptNumber === undefined ? [{ fault: 'receipt-unusable', about: '' }] : [];
  for (const one of examined) {
    const caseNumber = await freeCaseNumber(centre, unit, one.caseNumber);
    const taken: Fault[] =
      caseNumber === one.caseNumber ? [] : [{ fault: 'case-number-unusable', about: '' }];
    const faults = [...receiptFault, ...taken, ...one.faults];
    await settleCase(centre, unit, arrived, manifest, {
      ...one,
      caseNumber,
      receiptNumber: receiptNumber ?? caseNumber,
      faults,
    });
  }
}

/** Keeps what opens the status; `undefined` when the number is no number, or another submission's. */
async function keepReceipt(
  centre: Centre,
  unit: Unit,
  arrived: Arrived,
  manifest: ApplicationManifest,
): Promise<string | undefined> {
  const number = parseCaseNumber(manifest.receiptNumber);
  if (number !== manifest.receiptNumber) return undefined;
  const persons = manifest.evidence.flatMap(({ attributes }) =>
    attributes.residentId === undefined
      ? []
      : [centre.keys.token('person', attributes.residentId.toUpperCase())],
  );
  const kept = await unit.query(
    `insert into receipts (receipt_number, submission_id, secret_hash, manifest_hash, received_at, persons)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [
      number,
      arrived.submissionId,
      manifest.receiptSecretHash,
      arrived.manifestHash,
      arrived.receivedAt,
      [...new Set(persons)],
    ],
  );
  return kept.rowCount === 1 ? number : undefined;
}

/** The number it came with, or one made here when that is no number or another case's. */
async function freeCaseNumber(centre: Centre, unit: Unit, wanted: string): Promise<string> {
  const usable = parseCaseNumber(wanted) === wanted;
  const known = await unit.query('select 1 from cases where case_number = $1', [wanted]);
  if (usable && known.rowCount === 0) return wanted;
  return makeCaseNumber(
    centre.catalogue.region,
    channels.counter,
    centre.clock.now(),
    centre.random,
  );
}

async function settleCase(
  centre: Centre,
  unit: Unit,
  arrived: Arrived,
  manifest: ApplicationManifest,
  one: ExaminedCase & { readonly receiptNumber: string },
): Promise<void> {
  const at = centre.clock.now().toISOString();
  const status = firstStatus(arrived, manifest, one, at);
  const { filing } = manifest;
  await insertCase(
    centre,
    unit,
    {
      caseNumber: one.caseNumber,
      submissionId: arrived.submissionId,
      receiptNumber: one.receiptNumber,
      catalogueVersion: manifest.catalogueVersion,
      status,
      hall: arrived.sealer?.hall,
      ticket: filing.mode === 'assisted' ? filing.ticket : undefined,
      receivedAt: arrived.receivedAt,
      correlation: arrived.correlation,
      findings: { applicant: applicantOf(manifest), papers: one.papers, register: one.register },
    },
    arrived.sealer?.statusGroup ?? nobodysGroup,
  );
  await openCorrections(unit, one.caseNumber, one.faults, at);
  await keepTokens(centre, unit, one.caseNumber, manifest);
  unit.audit({
    event: 'case.judged',
    actor: 'centre',
    subject: one.caseNumber,
    correlation: arrived.correlation,
    detail: {
      submission: arrived.submissionId,
      item: one.itemId,
      department: one.department,
      rule: one.rule,
      state: status.state,
      filing: filing.mode,
      ...(filing.mode === 'assisted' ? { staff: catalogueId(filing.staff) } : {}),
      faults: one.faults.map(({ fault, about }) => `${fault} ${about}`.trim()),
    },
  });
}

function firstStatus(
  arrived: Arrived,
  manifest: ApplicationManifest,
  one: ExaminedCase & { readonly receiptNumber: string },
  at: string,
): PublicStatus {
  const { caseNumber, receiptNumber, itemId: item, department, rule } = one;
  const bundle = manifest.bundle === undefined ? {} : { bundle: catalogueId(manifest.bundle) };
  const about = { caseNumber, receiptNumber, item, ...bundle, department, rule };
  const received = receivedCase(about, arrived.receivedAt);
  if (one.item === undefined) return received;
  const events: CaseEvent[] = [{ kind: 'routed', at, department: one.department, rule: one.rule }];
  if (one.after.length > 0) events.push({ kind: 'waiting-for', at, items: [...one.after] });
  if (!one.confirmed) events.push({ kind: 'confirmation-needed', at });
  return events.reduce(
    (status, event) => applied(status, event, one.item as ServiceItem),
    received,
  );
}

/** A first event that the states do not allow would be a bug of ours, not of the submission. */
function applied(status: PublicStatus, event: CaseEvent, item: ServiceItem): PublicStatus {
  const next = applyEvent(status, event, item);
  if (!next.ok) throw new Error(`${event.kind} is not allowed in ${status.state}`);
  return next.value;
}

function applicantOf(manifest: ApplicationManifest): string {
  return (
    manifest.evidence.find(({ attributes }) => attributes.name !== undefined)?.attributes.name ?? ''
  );
}

/** Keyed hashes by which a counter finds the case: ID numbers, and every beginning of the names. */
async function keepTokens(
  centre: Centre,
  unit: Unit,
  caseNumber: string,
  manifest: ApplicationManifest,
): Promise<void> {
  const tokens = new Set<string>();
  for (const { attributes } of manifest.evidence) {
    const { name, residentId } = attributes;
    if (residentId !== undefined) tokens.add(centre.keys.token('person', residentId.toUpperCase()));
    const characters = Array.from(name ?? '');
    for (let length = 1; length <= characters.length; length += 1) {
      tokens.add(centre.keys.token('name', characters.slice(0, length).join('')));
    }
  }
  await unit.query(
    'insert into case_tokens (token, case_number) select unnest($1::text[]), $2 on conflict do nothing',
    [[...tokens], caseNumber],
  );
}
