import type { Envelope, FileAddress, OutboxEntry, OutboxState } from '@tongban/core';
import type { RefusalReason } from '../protocol/index.ts';
import type { Row } from '../storage/rows.ts';
import type { Shelved } from './shelf.ts';

/** Why an entry was set aside: the centre's own words, or what we found ourselves. */
export type SetAsideReason =
  | RefusalReason
  /** A newer centre's reason, for which this app has no word. */
  | 'refused-otherwise'
  | 'echo-mismatch'
  | 'file-lost'
  | 'envelope-lost'
  | 'file-refused';

/** [O2]. `sent` are the files the centre has confirmed. */
export type EntryState =
  | {
      readonly at: 'saved';
      readonly sent: readonly FileAddress[];
      readonly partial?: PartialFile;
      /** Why the last attempt found no way, where only a person can open one. */
      readonly waits?: 'terminal-closed';
    }
  | Sending
  | {
      readonly at: 'received';
      readonly receivedAt: string;
      /** Life of the centre's database that it was received in. */
      readonly epoch: string;
      /** ISO 8601 instant by the centre's clock. */
      readonly keepUntil: string;
    }
  | {
      readonly at: 'set-aside';
      readonly reason: SetAsideReason;
      /** Protocol we spoke then: a newer one may be understood. */
      readonly protocol: number;
      /** Protocol the centre spoke then, if it had said: a newer one may understand. */
      readonly centre?: number;
    }
  /** Kept for long enough under the centre's present epoch. Its bytes go first; a row that says so is finished by the next. */
  | { readonly at: 'leaving'; readonly receivedAt: string };

/** `worker` is who sends it now. Should a tab thaw after another took over, its word no longer counts. */
export interface Sending {
  readonly at: 'sending-files' | 'sending-envelope';
  readonly sent: readonly FileAddress[];
  readonly partial?: PartialFile;
  readonly worker: string;
}

/** How many bytes of the file under way the centre holds, as it last said. It is shown, never relied upon. */
export interface PartialFile {
  readonly address: FileAddress;
  readonly bytes: number;
}

/** Row of an envelope in the outbox. Its bytes lie on the shelf. */
export interface Entry extends Row {
  readonly kind: Envelope['kind'];
  readonly receiptNumber: string;
  readonly manifestHash: string;
  readonly createdAt: string;
  /** In the order in which they are sent. */
  readonly files: readonly { readonly address: FileAddress; readonly size: number }[];
  readonly envelopeSize: number;
  readonly state: EntryState;
  /** When it was last carried away on a stick, by this device's clock. It is still here, and still sent. */
  readonly carriedAt?: string;
}

export type EntryEvent =
  | { readonly kind: 'begin'; readonly worker: string }
  | { readonly kind: 'file-progress'; readonly address: FileAddress; readonly bytes: number }
  | { readonly kind: 'file-sent'; readonly address: FileAddress }
  | { readonly kind: 'files-complete' }
  | { readonly kind: 'interrupted'; readonly waits?: 'terminal-closed' }
  | {
      readonly kind: 'received';
      readonly manifestHash: string;
      readonly receivedAt: string;
      readonly epoch: string;
      readonly keepUntil: string;
    }
  | { readonly kind: 'incomplete'; readonly missing: readonly string[] }
  | {
      readonly kind: 'set-aside';
      readonly reason: SetAsideReason;
      readonly protocol: number;
      readonly centre?: number;
    }
  | { readonly kind: 'other-epoch' }
  | { readonly kind: 'echoed-again'; readonly epoch: string; readonly keepUntil: string }
  | { readonly kind: 'resend' }
  | { readonly kind: 'kept-long-enough' }
  | { readonly kind: 'carried'; readonly at: string };

export function entryOf(shelved: Shelved): Entry {
  const { envelope, receiptNumber, createdAt, sizes } = shelved;
  return {
    id: envelope.submissionId,
    kind: envelope.kind,
    receiptNumber,
    manifestHash: envelope.manifestHash,
    createdAt,
    files: envelope.files.map((address) => ({
      address: address as FileAddress,
      size: sizes[address as FileAddress] ?? 0,
    })),
    envelopeSize: envelope.jwe.length,
    state: { at: 'saved', sent: [] },
  };
}

/** The one way an entry's state changes. Throws on an event that its state does not know: a bug, never a bad day. */
export function advance(entry: Entry, event: EntryEvent): Entry {
  if (event.kind === 'carried' && mayBeCarried(entry)) return { ...entry, carriedAt: event.at };
  return { ...entry, state: next(entry, event) };
}

/** What the centre has answered for need not be carried. */
export function mayBeCarried({ state }: Entry): boolean {
  return state.at !== 'received' && state.at !== 'leaving';
}

const differentLanguage: ReadonlySet<SetAsideReason> = new Set<SetAsideReason>([
  'protocol-too-old',
  'malformed',
  'refused-otherwise',
]);

/** [V1] Set aside because one of us did not understand the other, and one of us has learnt since. */
export function maybeUnderstoodNow(
  { state }: Entry,
  ours: number,
  centres: number | undefined,
): boolean {
  if (state.at !== 'set-aside' || !differentLanguage.has(state.reason)) return false;
  if (state.protocol < ours) return true;
  return centres !== undefined && state.centre !== undefined && state.centre < centres;
}

function next(entry: Entry, event: EntryEvent): EntryState {
  const { state } = entry;
  switch (state.at) {
    case 'saved':
      if (event.kind === 'begin') return begun(state, event.worker);
      break;
    case 'sending-files':
    case 'sending-envelope':
      return whileSending(entry, state, event);
    case 'received':
      if (event.kind === 'other-epoch') return { at: 'saved', sent: [] };
      // The first receipt stands; it is kept from now on.
      if (event.kind === 'echoed-again')
        return { ...state, epoch: event.epoch, keepUntil: event.keepUntil };
      if (event.kind === 'kept-long-enough') return { at: 'leaving', receivedAt: state.receivedAt };
      break;
    case 'set-aside':
      if (event.kind === 'resend') return { at: 'saved', sent: [] };
      break;
    case 'leaving':
      break;
  }
  throw new Error(`An entry that is ${state.at} knows no ${event.kind}`);
}

/** What the centre holds already is not sent again. */
function begun(state: Pick<Sending, 'sent' | 'partial'>, worker: string): Sending {
  const { sent, partial } = state;
  return { at: 'sending-files', sent, worker, ...(partial !== undefined && { partial }) };
}

function whileSending(entry: Entry, state: Sending, event: EntryEvent): EntryState {
  switch (event.kind) {
    case 'begin':
      return begun(state, event.worker);
    case 'file-progress':
      if (state.at !== 'sending-files') break;
      return { ...state, partial: { address: event.address, bytes: event.bytes } };
    case 'interrupted':
      return {
        at: 'saved',
        sent: state.sent,
        ...(state.partial !== undefined && { partial: state.partial }),
        ...(event.waits !== undefined && { waits: event.waits }),
      };
    case 'set-aside': {
      const { kind: _, ...why } = event;
      return { at: 'set-aside', ...why };
    }
    case 'file-sent':
      if (state.at !== 'sending-files') break;
      return { at: state.at, worker: state.worker, sent: [...state.sent, event.address] };
    case 'files-complete':
      if (state.at !== 'sending-files') break;
      return { ...state, at: 'sending-envelope' };
    case 'received':
      if (state.at !== 'sending-envelope') break;
      // [C3] Another hash is not our receipt's.
      if (event.manifestHash !== entry.manifestHash) {
        return { at: 'set-aside', reason: 'echo-mismatch', protocol: 0 };
      }
      return {
        at: 'received',
        receivedAt: event.receivedAt,
        epoch: event.epoch,
        keepUntil: event.keepUntil,
      };
    case 'incomplete':
      if (state.at !== 'sending-envelope') break;
      return {
        at: 'sending-files',
        worker: state.worker,
        sent: state.sent.filter((address) => !event.missing.includes(address)),
      };
  }
  throw new Error(`An entry that is ${state.at} knows no ${event.kind}`);
}

export function isToSend(state: EntryState): boolean {
  return state.at === 'saved' || state.at === 'sending-files' || state.at === 'sending-envelope';
}

/** What people are shown. */
export function shown(entry: Entry): OutboxEntry {
  return {
    submissionId: entry.id,
    receiptNumber: entry.receiptNumber,
    kind: entry.kind,
    createdAt: entry.createdAt,
    state: shownState(entry),
    ...(entry.carriedAt !== undefined && { carriedAt: entry.carriedAt }),
  };
}

function shownState(entry: Entry): OutboxState {
  const { state } = entry;
  switch (state.at) {
    case 'saved':
      return { at: 'saved', ...(state.waits !== undefined && { waits: state.waits }) };
    case 'sending-files':
    case 'sending-envelope': {
      const sent = new Set(state.sent);
      const sum = (files: Entry['files']) => files.reduce((total, file) => total + file.size, 0);
      const under = entry.files.find(
        ({ address }) => address === state.partial?.address && !sent.has(address),
      );
      return {
        at: 'sending',
        sentBytes:
          sum(entry.files.filter((file) => sent.has(file.address))) +
          Math.min(under?.size ?? 0, state.partial?.bytes ?? 0),
        totalBytes: sum(entry.files) + entry.envelopeSize,
      };
    }
    case 'received':
    case 'leaving':
      return { at: 'received', receivedAt: state.receivedAt };
    case 'set-aside':
      return { at: 'set-aside', reason: state.reason };
  }
}
