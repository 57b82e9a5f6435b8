import type { FileAddress } from '@tongban/core';
import Value from 'typebox/value';
import type { Centre } from '../centre/centre.ts';
import type { CentreFailure } from '../centre/request.ts';
import {
  type HeardAnswer,
  HeardVerdict,
  protocolVersion,
  type RefusalReason,
  refusalReasons,
} from '../protocol/index.ts';
import { type Entry, type EntryEvent, isToSend, type SetAsideReason } from './entry.ts';
import type { Mail } from './mail.ts';
import type { OutboxDesk } from './outbox.ts';
import type { Shelf } from './shelf.ts';

/** How one attempt at one entry ended. `faulted`: nothing is known, try again. `let-go`: it is another worker's now. */
export type Attempt = 'concluded' | 'faulted' | 'not-admitted' | 'let-go';

export interface DeliveryOptions {
  readonly desk: OutboxDesk;
  readonly shelf: Shelf;
  readonly centre: Centre;
  readonly mail: Mail;
  /** The centre's time, in ms since 1970; `undefined` while it is not known. */
  readonly centreTime: () => number | undefined;
  /** Version that the centre speaks, as it last said; `undefined` while it has said nothing. */
  readonly centreProtocol: () => number | undefined;
  readonly worker: string;
  readonly signal: AbortSignal;
  readonly onEpoch: (epoch: string) => void;
}

const days = 24 * 3_600_000;
/** A received entry stays this long after its last echo, in ms ([C4]). */
export const keptFor = 30 * days;
/** So often a centre may name missing files in one attempt before it is left alone for a while. */
const rounds = 3;

/** Takes one entry as far as it goes: files, then the envelope, then what the verdict says. */
export async function deliver(id: string, options: DeliveryOptions): Promise<Attempt> {
  const { desk, signal, worker } = options;
  let entry = await desk.apply(id, { kind: 'begin', worker }, ({ state }) => isToSend(state));

  const mine = (one: Entry | undefined): one is Entry =>
    one !== undefined && 'worker' in one.state && one.state.worker === worker && !signal.aborted;
  const apply = async (event: EntryEvent) => {
    entry = await desk.apply(id, event, mine);
  };

  for (let round = 0; round < rounds && mine(entry); round++) {
    const sent = new Set('sent' in entry.state ? entry.state.sent : []);
    for (const { address } of entry.files.filter((file) => !sent.has(file.address))) {
      const failed = await sendFile(id, address, options, mine, apply);
      if (failed !== undefined) return failed;
      if (!mine(entry)) return 'let-go';
    }
    await apply({ kind: 'files-complete' });
    if (!mine(entry)) return 'let-go';
    const ended = await sendEnvelope(id, options, apply);
    if (ended !== 'incomplete') return ended;
  }
  if (!mine(entry)) return 'let-go';
  await apply({ kind: 'interrupted' });
  return 'faulted';
}

type Apply = (event: EntryEvent) => Promise<void>;

async function sendFile(
  id: string,
  address: FileAddress,
  options: DeliveryOptions,
  mine: (entry: Entry) => boolean,
  apply: Apply,
): Promise<Attempt | undefined> {
  const { desk, shelf, centre, signal } = options;
  const bytes = await shelf.file(id, address);
  if (bytes === undefined) return setAside('file-lost', options, apply);
  const answered = await centre.sendFile(address, bytes, {
    signal,
    onHeld: (held) => desk.progress(id, address, held, mine),
  });
  if (!answered.ok) return afterFailure(answered.error, 'file-refused', options, apply);
  await apply({ kind: 'file-sent', address });
  return undefined;
}

async function sendEnvelope(
  id: string,
  options: DeliveryOptions,
  apply: Apply,
): Promise<Attempt | 'incomplete'> {
  const { shelf, mail, centreTime, onEpoch } = options;
  const shelved = await shelf.envelope(id);
  if (shelved === undefined) return setAside('envelope-lost', options, apply);
  const answered = await mail.submit(shelved.envelope);
  if (!answered.ok) return afterFailure(answered.error, 'malformed', options, apply);
  const verdict = verdictOn(id, answered.value);
  if (verdict === undefined) return interrupted(apply);
  onEpoch(answered.value.epoch);
  switch (verdict.verdict) {
    case 'received': {
      const received = Date.parse(verdict.receivedAt);
      // A duplicate was received long ago; it is kept from now on, by the centre's clock if we know it.
      const now = Math.max(received, centreTime() ?? received);
      await apply({
        kind: 'received',
        manifestHash: verdict.manifestHash,
        receivedAt: verdict.receivedAt,
        epoch: answered.value.epoch,
        keepUntil: new Date(now + keptFor).toISOString(),
      });
      return 'concluded';
    }
    case 'incomplete':
      await apply({ kind: 'incomplete', missing: verdict.missing });
      return 'incomplete';
    case 'refused':
      return setAside(reasonOf(verdict.reason), options, apply);
  }
}

/** `undefined`: no word on this one, or none that we know. */
function verdictOn(id: string, answer: HeardAnswer): HeardVerdict | undefined {
  const verdict = answer.verdicts.find((one) => one.submissionId === id);
  if (!Value.Check(HeardVerdict, verdict)) return undefined;
  // A time that is none cannot be counted from: not the centre's word.
  if (verdict.verdict === 'received' && Number.isNaN(Date.parse(verdict.receivedAt)))
    return undefined;
  return verdict;
}

/** [V4] A newer centre may have reasons that we have no word for. */
function reasonOf(said: string): RefusalReason | 'refused-otherwise' {
  return refusalReasons.find((known) => known === said) ?? 'refused-otherwise';
}

/** Statuses by which the centre finds fault with what was sent, not with who sends it or with itself. */
const blames: ReadonlySet<number> = new Set([400, 413, 415, 422]);

async function afterFailure(
  failure: CentreFailure,
  reason: SetAsideReason,
  options: DeliveryOptions,
  apply: Apply,
): Promise<Attempt> {
  if (failure.kind === 'fault') return interrupted(apply);
  // [N2] Not being let in says nothing about the case.
  if (failure.status === 401 || failure.status === 403) {
    const closed = failure.code === 'terminal-closed';
    await apply({ kind: 'interrupted', ...(closed && { waits: 'terminal-closed' }) });
    return 'not-admitted';
  }
  // We have compared bytes and address ourselves: they were altered under way.
  if (!blames.has(failure.status) || failure.code === 'address-mismatch') return interrupted(apply);
  return setAside(reason, options, apply);
}

async function interrupted(apply: Apply): Promise<Attempt> {
  await apply({ kind: 'interrupted' });
  return 'faulted';
}

async function setAside(
  reason: SetAsideReason,
  { centreProtocol }: Pick<DeliveryOptions, 'centreProtocol'>,
  apply: Apply,
): Promise<Attempt> {
  const centre = centreProtocol();
  await apply({
    kind: 'set-aside',
    reason,
    protocol: protocolVersion,
    ...(centre !== undefined && { centre }),
  });
  return 'concluded';
}
