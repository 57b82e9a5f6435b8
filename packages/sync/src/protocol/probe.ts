import Type, { type Static } from 'typebox';

/** Version of the wire protocol. An older terminal is told, never broken. */
export const protocolVersion = 1;
/** The oldest version that this centre still understands. */
export const oldestProtocol = 1;

/** `GET /api/v1/probe?nonce=…`: only the centre can echo the nonce; a captive portal cannot. */
export const ProbeAnswer = Type.Object({
  centre: Type.Literal('tongban'),
  nonce: Type.String(),
  /** ISO 8601 instant. */
  time: Type.String(),
  /** Changes when the centre was restored from a backup: offer again what you hold. */
  epoch: Type.String(),
  protocol: Type.Integer(),
  /** The oldest version it understands; a centre from before it said so understands every one. */
  oldest: Type.Optional(Type.Integer()),
  catalogueVersion: Type.String(),
  demonstration: Type.Boolean(),
});
export type ProbeAnswer = Static<typeof ProbeAnswer>;
