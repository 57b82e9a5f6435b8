import Type, { type Static } from 'typebox';
import { closed, hash } from './shape.ts';
import { Who } from './staff.ts';

/**
 * What lets a clerk work at one counter without a line: the payload of a JWS (ES256, `typ` {@link grantType}) that the
 * centre signs. It opens nothing at the centre; there only the session counts.
 */
export const StaffGrant = Type.Object(
  {
    who: Who,
    /** Id of the hall. */
    hall: Type.String(),
    terminal: hash,
    /** ISO 8601 instants by the centre's clock. */
    issuedAt: Type.String(),
    until: Type.String(),
  },
  closed,
);
export type StaffGrant = Static<typeof StaffGrant>;

export const grantType = 'tongban-grant+jwt';

/** `POST /api/v1/session/grant`. */
export const GrantAnswer = Type.Object({ grant: Type.String({ maxLength: 4_000 }) });
export type GrantAnswer = Static<typeof GrantAnswer>;
