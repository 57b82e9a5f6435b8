import Type from 'typebox';

/** No field beside those named. */
export const closed = { additionalProperties: false } as const;
/** SHA-256 as base64url without padding. */
export const hash = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
