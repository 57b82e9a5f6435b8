import Type, { type Static } from 'typebox';
import { hash } from './shape.ts';

/** `PUT /api/v1/files/{address}` (body: ciphertext) answers this; idempotent. */
export const FileAnswer = Type.Object({ address: hash, size: Type.Integer() });
export type FileAnswer = Static<typeof FileAnswer>;
