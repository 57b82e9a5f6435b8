import Type, { type Static } from 'typebox';

/** `PUT /api/v1/handovers/{locator}`: ciphertext of a draft, fifteen minutes, one use. */
/** Header of a parcel that is taken: the profile of the terminal that gave it, `kiosk`, `counter` or `phone`. */
export const givenByHeader = 'tongban-given-by';

export const HandoverState = Type.Object({
  state: Type.Enum(['waiting', 'taken', 'expired', 'reclaimed']),
  expiresAt: Type.String(),
});
export type HandoverState = Static<typeof HandoverState>;
