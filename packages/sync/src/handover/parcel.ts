import { type Draft, type FileAddress, type Random, utf8 } from '@tongban/core';
import { isAddressOf } from '../storage/address.ts';
import { filesOfDraft } from '../visit/draftStore.ts';
import type { HandoverCode } from './code.ts';
import { asDraft } from './draftShape.ts';

/** A draft with all its files. */
export interface Parcel {
  readonly draft: Draft;
  readonly files: ReadonlyMap<FileAddress, Uint8Array>;
}

interface Head {
  readonly form: 1;
  readonly draft: unknown;
  readonly files: readonly { readonly address: string; readonly size: number }[];
}

const lengthBytes = 4;
const nonceBytes = 12;

/**
 * Four bytes of length, a JSON head with the draft and the sizes of its files, the files' ciphertexts one after another;
 * all of it under AES-256-GCM with the key of the code, bound to the locator, the nonce in front.
 */
export async function packParcel(
  parcel: Parcel,
  code: HandoverCode,
  random: Random,
): Promise<Uint8Array<ArrayBuffer>> {
  const files = [...parcel.files];
  const head: Head = {
    form: 1,
    draft: parcel.draft,
    files: files.map(([address, bytes]) => ({ address, size: bytes.length })),
  };
  const headBytes = utf8(JSON.stringify(head));
  const length = new Uint8Array(lengthBytes);
  new DataView(length.buffer).setUint32(0, headBytes.length);
  const nonce = random.bytes(nonceBytes);
  const body = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: boundTo(code) },
    await importKey(code),
    joined([length, headBytes, ...files.map(([, bytes]) => bytes)]),
  );
  return joined([nonce, new Uint8Array(body)]);
}

/** `undefined` when the code does not open it, or what it holds is no draft with its files. */
export async function openParcel(
  bytes: Uint8Array<ArrayBuffer>,
  code: HandoverCode,
): Promise<Parcel | undefined> {
  let plain: Uint8Array;
  try {
    plain = new Uint8Array(
      await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: bytes.subarray(0, nonceBytes), additionalData: boundTo(code) },
        await importKey(code),
        bytes.subarray(nonceBytes),
      ),
    );
  } catch {
    return undefined;
  }
  return unpack(plain);
}

async function unpack(plain: Uint8Array): Promise<Parcel | undefined> {
  if (plain.length < lengthBytes) return undefined;
  const headLength = new DataView(plain.buffer, plain.byteOffset).getUint32(0);
  const head = readHead(plain.subarray(lengthBytes, lengthBytes + headLength));
  const draft = asDraft(head?.draft);
  if (head === undefined || draft === undefined) return undefined;
  const files = new Map<FileAddress, Uint8Array>();
  let at = lengthBytes + headLength;
  for (const { address, size } of head.files) {
    const bytes = plain.slice(at, at + size);
    if (!(await isAddressOf(address as FileAddress, bytes))) return undefined;
    files.set(address as FileAddress, bytes);
    at += size;
  }
  return filesOfDraft(draft).every((address) => files.has(address)) ? { draft, files } : undefined;
}

function readHead(bytes: Uint8Array): Head | undefined {
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes)) as Head;
    return head.form === 1 && Array.isArray(head.files) ? head : undefined;
  } catch {
    return undefined;
  }
}

function importKey({ key }: HandoverCode): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function boundTo({ locator }: HandoverCode): Uint8Array<ArrayBuffer> {
  return utf8(`TBH1:${locator}`);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
