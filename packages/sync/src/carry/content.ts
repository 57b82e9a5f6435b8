import { Envelope, type FileAddress, utf8 } from '@tongban/core';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { joined } from './frames.ts';

/** One envelope as it is carried, with the files of it that the disk still had. */
export interface CarriedEntry {
  readonly envelope: Envelope;
  readonly receiptNumber: string;
  readonly files: ReadonlyMap<FileAddress, Uint8Array>;
}

const Index = Type.Object({
  form: Type.Literal(1),
  entries: Type.Array(
    Type.Object({
      envelope: Envelope,
      receiptNumber: Type.String(),
      files: Type.Array(
        Type.Object({ address: Type.String(), size: Type.Integer({ minimum: 0 }) }),
      ),
    }),
  ),
});

const lengthBytes = 4;

/** Four bytes of length, a JSON index, then the files one after another as the index names them. */
export function writeContent(entries: readonly CarriedEntry[]): Uint8Array<ArrayBuffer> {
  const index: Static<typeof Index> = {
    form: 1,
    entries: entries.map(({ envelope, receiptNumber, files }) => ({
      envelope,
      receiptNumber,
      files: [...files].map(([address, bytes]) => ({ address, size: bytes.length })),
    })),
  };
  const text = utf8(JSON.stringify(index));
  const length = new Uint8Array(lengthBytes);
  new DataView(length.buffer).setUint32(0, text.length);
  return joined([length, text, ...entries.flatMap(({ files }) => [...files.values()])]);
}

/** `undefined` when it is not what {@link writeContent} writes. */
export function readContent(content: Uint8Array<ArrayBuffer>): readonly CarriedEntry[] | undefined {
  if (content.length < lengthBytes) return undefined;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  let at = lengthBytes + view.getUint32(0);
  const index = parse(content.subarray(lengthBytes, at));
  if (!Value.Check(Index, index)) return undefined;
  const entries = index.entries.map(({ envelope, receiptNumber, files }) => ({
    envelope,
    receiptNumber,
    files: new Map(
      files.map(({ address, size }) => {
        const bytes = content.subarray(at, at + size);
        at += size;
        return [address as FileAddress, bytes];
      }),
    ),
  }));
  return at === content.length ? entries : undefined;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
