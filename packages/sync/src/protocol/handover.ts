import Type, { type Static } from 'typebox';

/** `PUT /api/v1/handovers/{locator}`: ciphertext of a draft, fifteen minutes, one use. */
export const HandoverState = Type.Object({
  state: Type.Enum(['waiting', 'taken', 'expired', 'reclaimed']),
  expiresAt: Type.String(),
});
export type HandoverState = Static<typeof HandoverState>;
