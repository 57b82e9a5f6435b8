import { createHash } from 'node:crypto';
import {
  applyEvent,
  type CaseEvent,
  type Catalogue,
  type Due,
  err,
  gapDeadline,
  lastDayFor,
  ok,
  type PublicStatus,
  type Result,
  supplementDeadline,
} from '@tongban/core';
import type { ActionRequest } from '@tongban/sync/protocol';
import type { Unit } from '../database/database.ts';
import type { Centre } from '../http/context.ts';
import type { ProblemCode } from '../problem/refusal.ts';
import type { Person } from '../session/session.ts';
import { maySee } from './access.ts';
import { openActions } from './actions.ts';
import { openFaults, resolveCorrections } from './corrections.ts';
import { circumstances, promisableOf } from './detail.ts';
import { type Dossier, openDossier } from './dossier.ts';
import { keepNote } from './notes.ts';
import { type CaseRecord, lockSubmission, saveStatus } from './record.ts';
import { moveOthers } from './release.ts';

export interface Act {
  readonly caseNumber: string;
  readonly request: ActionRequest;
  /** Names the act: tried twice under one key, it is done once. */
  readonly key: string;
  readonly correlation: string;
}

/**
 * Does what staff decided, in one transaction with its audit entry. Refused when the case moved on since it was
 * looked at, when the role may not, or when something is missing.
 */
export async function act(
  centre: Centre,
  person: Person,
  one: Act,
): Promise<Result<void, ProblemCode>> {
  const { account } = person.who;
  return centre.database.transaction<Result<void, ProblemCode>>(async (unit) => {
    // One act of a key at a time, whatever cases it names: the second sees what the first one did.
    await unit.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `${account} ${one.key}`,
    ]);
    const cases = await lockSubmission(centre, unit, one.caseNumber);
    const record = cases.find(({ caseNumber }) => caseNumber === one.caseNumber);
    if (record === undefined || !maySee(person, record, centre.catalogue))
      return err('unknown-case');
    const done = await alreadyDone(unit, account, one);
    if (done !== undefined) return done;
    if (record.status.state !== one.request.seen) return err('case-moved-on');

    const dossier = await openDossier(centre, record, unit);
    const faults = await openFaults(unit, record.caseNumber);
    const standing = circumstances(person, record, dossier, faults);
    if (!openActions(standing).includes(one.request.action)) {
      if (faults.length > 0) return err('correction-open');
      return err(
        one.request.action === 'grant' && standing.openGaps > 0 ? 'gap-open' : 'action-not-allowed',
      );
    }
    const decided = decide(centre, record, dossier, one.request);
    if (!decided.ok) return decided;
    const moved = await carryOut(centre, unit, {
      record,
      cases,
      dossier,
      person,
      one,
      event: decided.value,
    });
    if (!moved.ok) return moved;
    await remember(centre, unit, account, one);
    unit.audit({
      event: `case.${one.request.action}`,
      actor: account,
      subject: record.caseNumber,
      correlation: record.correlation,
      detail: {
        request: one.correlation,
        reasons: one.request.reasons,
        materials: one.request.materials,
        ...(one.request.shown === undefined ? {} : { shown: one.request.shown }),
      },
    });
    return ok(undefined);
  });
}

/** What an Idempotency-Key did before: nothing, the same (then it is done), or something else (then it is refused). */
async function alreadyDone(
  unit: Unit,
  account: string,
  one: Act,
): Promise<Result<void, ProblemCode> | undefined> {
  const { rows } = await unit.query<{ request_hash: string }>(
    'select request_hash from done_actions where actor = $1 and key = $2',
    [account, one.key],
  );
  const before = rows[0]?.request_hash;
  if (before === undefined) return undefined;
  return before === hashOf(one) ? ok(undefined) : err('idempotency-key-reused');
}

async function remember(centre: Centre, unit: Unit, account: string, one: Act): Promise<void> {
  await unit.query(
    'insert into done_actions (actor, key, request_hash, case_number, at) values ($1, $2, $3, $4, $5)',
    [account, one.key, hashOf(one), one.caseNumber, centre.clock.now().toISOString()],
  );
}

function hashOf({ caseNumber, request }: Act): string {
  return createHash('sha256')
    .update(JSON.stringify([caseNumber, request]))
    .digest('base64url');
}

/** The event that an action makes, once what it needs is there. `undefined`: nothing changes but the corrections. */
function decide(
  centre: Centre,
  { status }: CaseRecord,
  dossier: Dossier,
  { action, reasons, materials, text, shown }: ActionRequest,
): Result<CaseEvent | undefined, ProblemCode> {
  const now = centre.clock.now();
  const at = now.toISOString();
  const { item, catalogue } = dossier;
  const { calendar } = centre.catalogue;
  const given = (kind: 'supplement' | 'refuse' | 'deny'): ProblemCode | undefined => {
    if (reasons.length === 0) return 'reason-needed';
    const known = catalogue.reasons
      .filter((reason) => reason.for.includes(kind))
      .map(({ id }) => id);
    return reasons.every((reason) => known.includes(reason)) ? undefined : 'unknown-reason';
  };
  switch (action) {
    case 'resolve-correction':
      return ok(undefined);
    case 'take-supplement':
      return ok({ kind: 'supplemented', at, materials: askedAndHere(status, dossier) });
    case 'confirm-identity':
      return shown === undefined ? err('shown-needed') : ok({ kind: 'identity-confirmed', at });
    case 'accept':
      return gapsFor(dossier, promised(dossier), now, calendar);
    case 'accept-with-gap':
      return materials.length === 0
        ? err('material-needed')
        : gapsFor(dossier, materials, now, calendar);
    case 'request-supplement': {
      const fault = given('supplement');
      if (fault !== undefined) return err(fault);
      if (materials.length === 0 && text.trim() === '') return err('material-needed');
      const own = new Set(item?.materials.map(({ id }) => id));
      if (!materials.every((material) => own.has(material))) return err('unknown-material');
      return ok({
        kind: 'supplement-requested',
        at,
        reasons,
        materials,
        until: lastDay(supplementDeadline(now, calendar)),
      });
    }
    case 'refuse':
    case 'deny': {
      const fault = given(action);
      if (fault !== undefined) return err(fault);
      return ok({ kind: action === 'refuse' ? 'refused' : 'denied', at, reasons });
    }
    case 'grant':
      return ok({ kind: 'granted', at });
    case 'begin-special-procedure':
      return ok({ kind: 'special-procedure-began', at });
    case 'end-special-procedure':
      return ok({ kind: 'special-procedure-ended', at });
  }
}

/** Where a year's holidays are not published yet, weekends alone count: a day early would take time from somebody. */
function lastDay(due: Due): string {
  return due.known ? due.date : due.provisional;
}

function promised({ materials }: Dossier): string[] {
  return materials.filter(({ state }) => state === 'promised').map(({ material }) => material);
}

/** What the case waited for when it was returned and what has come since. */
function askedAndHere({ events }: PublicStatus, { materials }: Dossier): string[] {
  return materials
    .filter(({ state }) => state === 'provided')
    .map(({ material }) => material)
    .filter((material) => lastDayFor(events, [material]) !== undefined);
}

/** Acceptance with what is still to come (容缺), each with its last day; none of it: a plain acceptance. */
function gapsFor(
  dossier: Dossier,
  wanted: readonly string[],
  now: Date,
  calendar: Catalogue['calendar'],
): Result<CaseEvent, ProblemCode> {
  const may = new Set(promisableOf(dossier.item, dossier.materials));
  const gaps: { material: string; until: string }[] = [];
  for (const material of new Set(wanted)) {
    const own = dossier.item?.materials.find(({ id }) => id === material);
    if (own === undefined || !may.has(material)) return err('unknown-material');
    gaps.push({ material, until: lastDay(gapDeadline(own, now, calendar)) });
  }
  return ok({ kind: 'accepted', at: now.toISOString(), gaps });
}

interface Decided {
  readonly record: CaseRecord;
  /** Every case of the submission. */
  readonly cases: readonly CaseRecord[];
  readonly dossier: Dossier;
  readonly person: Person;
  readonly one: Act;
  readonly event: CaseEvent | undefined;
}

async function carryOut(
  centre: Centre,
  unit: Unit,
  decided: Decided,
): Promise<Result<void, ProblemCode>> {
  const { record, cases, dossier, person, one, event } = decided;
  const at = centre.clock.now().toISOString();
  const { text, materials, action } = one.request;
  if (action === 'resolve-correction') {
    await resolveCorrections(unit, record.caseNumber, person.who.account, at);
    await saveStatus(unit, settled(record, dossier, at));
  }
  if (action === 'take-supplement')
    await resolveCorrections(unit, record.caseNumber, person.who.account, at, 'supplement-late');
  if (event !== undefined) {
    const { item } = dossier;
    const next =
      item === undefined
        ? undefined
        : applyEvent(record.status, event, item, centre.catalogue.calendar);
    if (next?.ok !== true) return err('action-not-allowed');
    await saveStatus(unit, next.value);
    await moveOthers(centre, unit, dossier.catalogue, next.value, cases);
  }
  if (text.trim() !== '') {
    await keepNote(centre, unit, {
      caseNumber: record.caseNumber,
      at,
      text: text.trim(),
      materials: [...materials],
    });
  }
  return ok(undefined);
}

/** A case that fits no item has nothing to go on to: settled means closed, the applicant files what was meant. */
function settled({ status }: CaseRecord, { item }: Dossier, at: string): PublicStatus {
  if (item !== undefined) return { ...status, updatedAt: at };
  const closed = applyEvent(
    status,
    { kind: 'withdrawn', at },
    { time: { statutory: 1, promised: 1 } },
  );
  return closed.ok ? closed.value : { ...status, updatedAt: at };
}
