import type { Readable } from 'node:stream';
import Type from 'typebox';

/** Bytes as they are; their type stands in the route's `answerContent`. */
export const rawBytes = Type.Unsafe<Readable | Buffer>({});
export const octets = {
  'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
};
