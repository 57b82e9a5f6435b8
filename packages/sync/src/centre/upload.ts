import { type FileAddress, ok, type Result } from '@tongban/core';
import { FileAnswer } from '../protocol/index.ts';
import { askHeaders, askJson, type CentreFailure, type CentreOptions } from './request.ts';

export interface SendingFile {
  readonly signal: AbortSignal;
  /** So many bytes of the file are in a committed transaction of the centre. */
  readonly onHeld: (bytes: number) => void;
}

const root = '/api/v1/uploads';
const bounds = { smallest: 64 * 1024, largest: 1024 * 1024 };
/** A part that takes longer than this, in ms, is followed by a smaller one. */
const brisk = 2_000;
/** So often in one attempt the upload may stand elsewhere than we believed: another sender is at it. */
const strayings = 3;

/**
 * Sends one file in parts (tus 1.0.0), from where the centre stands: it is asked at the beginning, so nothing about it
 * need be remembered here. Beginning is a creation with the first part in it: one request for a small file, and for one
 * begun before the answer says how much is there, with a body to read where it is a refusal.
 */
export async function sendInParts(
  options: CentreOptions,
  address: FileAddress,
  bytes: Uint8Array,
  sending: SendingFile,
): Promise<Result<void, CentreFailure>> {
  const { smallest, largest } = options.parts ?? bounds;
  let length = smallest;
  let strayed = 0;
  let held = await begin(options, address, bytes, length, sending.signal);
  // A centre from before there were parts.
  if (isProblem(held, 'not-found')) return putWhole(options, address, bytes, sending.signal);
  for (;;) {
    if (!held.ok) return held;
    const at: number = held.value;
    sending.onHeld(at);
    if (at === bytes.length) return ok(undefined);
    let slow = false;
    const cancel = options.timer.after(brisk, () => {
      slow = true;
    });
    const part = bytes.subarray(at, at + length);
    held = await askHeaders(
      options,
      {
        method: 'PATCH',
        path: `${root}/${address}`,
        headers: { ...spoken, 'upload-offset': String(at) },
        body: part,
        signal: sending.signal,
      },
      offsetBetween(at + 1, bytes.length),
    );
    cancel();
    length = slow ? Math.max(smallest, length / 2) : Math.min(largest, length * 2);
    if (isProblem(held, 'upload-offset', 'unknown-upload') && strayed < strayings) {
      strayed += 1;
      held = await begin(options, address, bytes, smallest, sending.signal);
    }
  }
}

const spoken = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' };

function begin(
  options: CentreOptions,
  address: FileAddress,
  bytes: Uint8Array,
  first: number,
  signal: AbortSignal,
): Promise<Result<number, CentreFailure>> {
  return askHeaders(
    options,
    {
      method: 'POST',
      path: root,
      headers: {
        ...spoken,
        'upload-length': String(bytes.length),
        'upload-metadata': `address ${btoa(address)}`,
      },
      body: bytes.subarray(0, first),
      signal,
    },
    offsetBetween(0, bytes.length),
  );
}

async function putWhole(
  options: CentreOptions,
  address: FileAddress,
  body: Uint8Array,
  signal: AbortSignal,
): Promise<Result<void, CentreFailure>> {
  const answered = await askJson(
    options,
    { method: 'PUT', path: `/api/v1/files/${address}`, body, signal },
    FileAnswer,
  );
  if (!answered.ok) return answered;
  if (answered.value.address === address) return ok(undefined);
  return { ok: false, error: { kind: 'fault', why: 'not-the-centre' } };
}

/** Only the centre speaks tus here, and it never takes back what it has committed. */
function offsetBetween(least: number, most: number): (headers: Headers) => number | undefined {
  return (headers) => {
    const said = headers.get('upload-offset');
    if (headers.get('tus-resumable') !== '1.0.0' || said === null || !/^\d+$/.test(said))
      return undefined;
    const offset = Number(said);
    return offset >= least && offset <= most ? offset : undefined;
  };
}

function isProblem(answered: Result<number, CentreFailure>, ...codes: readonly string[]): boolean {
  return !answered.ok && answered.error.kind === 'problem' && codes.includes(answered.error.code);
}
