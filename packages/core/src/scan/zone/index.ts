export type { ZoneEvidence, ZoneField } from './evidence.ts';
export type { ZoneKind } from './layout.ts';
export { readZones, type ZoneEffort } from './readZones.ts';
