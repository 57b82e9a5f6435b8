import Type, { type Static } from 'typebox';
import { protocolVersion } from './probe.ts';
import { closed } from './shape.ts';

const instant = Type.String({ maxLength: 40 });
const count = Type.Integer({ minimum: 0 });

/** `PUT /api/v1/terminals/self/health`: how a terminal stands. Numbers and times; nothing of any person. */
export const HealthReport = Type.Object(
  {
    appVersion: Type.String({ maxLength: 40 }),
    protocol: Type.Integer(),
    catalogueVersion: Type.String({ maxLength: 80 }),
    /** When everything the centre had for it was last here, by the centre's clock. */
    lastPull: Type.Optional(instant),
    /** When the oldest of what is not yet received was sealed, by the centre's clock as well as it is known. */
    oldestUnsent: Type.Optional(instant),
    unsent: count,
    setAside: count,
    /** Bytes left to it; absent where the browser does not tell. */
    room: Type.Optional(count),
    /** Whether the browser promised to keep what is stored. */
    persisted: Type.Enum(['granted', 'refused', 'unasked']),
    /** The centre's clock minus its own, in ms; absent before the first contact. */
    skew: Type.Optional(Type.Number()),
  },
  closed,
);
export type HealthReport = Static<typeof HealthReport>;

export const TerminalHealth = Type.Object({
  terminal: Type.String(),
  name: Type.String(),
  profile: Type.Enum(['kiosk', 'counter']),
  hall: Type.String(),
  state: Type.Enum(['open', 'closed', 'revoked']),
  /** When it last reported, by the centre's clock; absent: never. */
  heardAt: Type.Optional(Type.String()),
  report: Type.Optional(HealthReport),
});
export type TerminalHealth = Static<typeof TerminalHealth>;

/** `GET /api/v1/terminals`: the kiosks and counters of a hall. */
export const TerminalsAnswer = Type.Object({
  /** The centre's time. */
  asOf: Type.String(),
  catalogueVersion: Type.String(),
  terminals: Type.Array(TerminalHealth),
});
export type TerminalsAnswer = Static<typeof TerminalsAnswer>;

/** Why somebody should look after a terminal, the most pressing first. */
export const needs = [
  'never-heard',
  'silent',
  'set-aside',
  'unsent',
  'room',
  'not-kept',
  'clock',
  'old-app',
  'old-catalogue',
] as const;
export type Need = (typeof needs)[number];

const minute = 60_000;
/** So long a terminal may be unheard: it reports every minute, a router may need a few to come back. */
const silence = 10 * minute;
const longUnsent = 60 * minute;
/** Below this a terminal soon takes no new visits. */
const littleRoom = 256 * 1024 * 1024;
/** Beyond this, times on papers would be wrong enough to matter. */
const toleratedSkew = 3 * minute;

/** What a report asks somebody to see to. `now` and `catalogueVersion` are the centre's. */
export function needsOf(
  { heardAt, report }: Pick<TerminalHealth, 'heardAt' | 'report'>,
  now: Date,
  catalogueVersion: string,
): readonly Need[] {
  if (heardAt === undefined || report === undefined) return ['never-heard'];
  const since = (instantText: string) => now.getTime() - Date.parse(instantText);
  const { oldestUnsent, room, skew } = report;
  const found: Readonly<Record<Exclude<Need, 'never-heard'>, boolean>> = {
    silent: since(heardAt) > silence,
    'set-aside': report.setAside > 0,
    unsent: oldestUnsent !== undefined && since(oldestUnsent) > longUnsent,
    room: room !== undefined && room < littleRoom,
    'not-kept': report.persisted === 'refused',
    clock: skew !== undefined && Math.abs(skew) > toleratedSkew,
    'old-app': report.protocol < protocolVersion,
    'old-catalogue': report.catalogueVersion !== catalogueVersion,
  };
  return needs.filter((need) => need !== 'never-heard' && found[need]);
}
