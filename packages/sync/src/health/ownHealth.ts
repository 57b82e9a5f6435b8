import type { OutboxEntry } from '@tongban/core';
import { type HealthReport, protocolVersion } from '../protocol/index.ts';

/** What a device knows of itself, from which its report is made. */
export interface Standing {
  readonly appVersion: string;
  readonly catalogueVersion: string;
  readonly lastPull: string | undefined;
  readonly entries: readonly OutboxEntry[];
  readonly room: number | undefined;
  readonly persisted: HealthReport['persisted'];
  readonly skew: number | undefined;
}

export function reportOf(standing: Standing): HealthReport {
  const { entries, lastPull, room, skew, appVersion, catalogueVersion, persisted } = standing;
  const unsent = entries.filter(({ state }) => state.at === 'saved' || state.at === 'sending');
  // Sealed by our own clock; told by the centre's, or a wrong clock would make old what is new.
  const sealed = unsent.map(({ createdAt }) => Date.parse(createdAt) + (skew ?? 0));
  const oldest = Math.min(...sealed);
  return {
    appVersion,
    protocol: protocolVersion,
    catalogueVersion,
    ...(lastPull === undefined ? {} : { lastPull }),
    ...(Number.isFinite(oldest) ? { oldestUnsent: new Date(oldest).toISOString() } : {}),
    unsent: unsent.length,
    setAside: entries.filter(({ state }) => state.at === 'set-aside').length,
    ...(room === undefined ? {} : { room: Math.max(0, Math.floor(room)) }),
    persisted,
    ...(skew === undefined ? {} : { skew }),
  };
}
