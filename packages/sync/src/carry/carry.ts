import {
  base64url,
  err,
  type FileAddress,
  fromBase64url,
  type Outbox,
  ok,
  type Random,
  type Result,
} from '@tongban/core';
import type { Carry, CarryFailure, ExportedEntry, PackedExport, TakenIn } from '../device.ts';
import { isAddressOf } from '../storage/address.ts';
import { type CarriedEntry, readContent, writeContent } from './content.ts';
import { readFrames, writeFrames } from './frames.ts';

/** Bytes in one export: it is made in memory. What is beyond goes into the next one. */
const mostBytes = 200_000_000;
const codeForm = /^TBX1:([A-Za-z0-9_-]{43})$/;

export interface CarryOptions {
  readonly outbox: Outbox;
  readonly random: Random;
  readonly exportEntry: (submissionId: string) => Promise<ExportedEntry | undefined>;
  readonly mark: (submissionId: string) => Promise<void>;
}

/** Carries sealed envelopes to the centre by way of another terminal, on a stick. */
export function createCarry({ outbox, random, exportEntry, mark }: CarryOptions): Carry {
  async function pack(submissionIds: readonly string[]): Promise<PackedExport> {
    const entries: ExportedEntry[] = [];
    const left: string[] = [];
    let bytes = 0;
    for (const id of submissionIds) {
      const entry = bytes > mostBytes ? undefined : await exportEntry(id);
      if (bytes > mostBytes) left.push(id);
      if (entry === undefined) continue;
      for (const file of entry.files.values()) bytes += file.length;
      entries.push(entry);
    }
    const key = random.bytes(32) as Uint8Array<ArrayBuffer>;
    return {
      parts: await writeFrames(writeContent(entries), key, random),
      code: `TBX1:${base64url(key)}`,
      packed: entries.map(({ envelope }) => envelope.submissionId),
      lost: entries
        .filter(({ lost }) => lost.length > 0)
        .map(({ envelope }) => envelope.submissionId),
      left,
    };
  }

  async function takeIn(
    file: Uint8Array<ArrayBuffer>,
    code: string,
  ): Promise<Result<readonly TakenIn[], CarryFailure>> {
    const key = codeForm.exec(code.trim())?.[1];
    if (key === undefined) return err('not-a-code');
    const plain = await readFrames(file, fromBase64url(key));
    if (!plain.ok) return plain;
    const entries = readContent(plain.value);
    if (entries === undefined) return err('damaged');
    const here = new Set((await outbox.list()).map(({ submissionId }) => submissionId));
    const taken: TakenIn[] = [];
    for (const entry of entries) {
      const { submissionId } = entry.envelope;
      const known = here.has(submissionId);
      taken.push({
        submissionId,
        receiptNumber: entry.receiptNumber,
        outcome: await putOne(entry, known),
      });
    }
    return ok(taken);
  }

  async function putOne(entry: CarriedEntry, known: boolean): Promise<TakenIn['outcome']> {
    const { envelope, receiptNumber, files } = entry;
    for (const address of envelope.files as FileAddress[]) {
      const bytes = files.get(address);
      if (bytes === undefined || !(await isAddressOf(address, bytes))) return 'files-lost';
    }
    const put = await outbox.put(envelope, receiptNumber, files);
    if (!put.ok) return put.error;
    return known ? 'here-already' : 'taken-in';
  }

  return {
    pack,
    async carried(submissionIds) {
      for (const id of submissionIds) await mark(id);
    },
    takeIn,
  };
}
