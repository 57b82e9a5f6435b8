import type { Envelope } from '@tongban/core';
import type { EnrolRequest, HandoverState } from '../protocol/index.ts';

/** What the simulated centre remembers; a backup is a copy of it. */
export interface CentreMemory {
  files: Map<string, Uint8Array>;
  /** What came so far of files under way. */
  uploads: Map<string, { size: number; bytes: Uint8Array }>;
  custody: Map<string, { envelope: Envelope; receivedAt: string }>;
  scopes: Map<string, ScopeRow[]>;
  terminals: Map<string, EnrolRequest>;
  parcels: Map<string, Parcel>;
}

export interface ScopeRow {
  id: string;
  seq: number;
  deleted: boolean;
  body: unknown;
}

export interface Parcel {
  bytes: Uint8Array;
  state: HandoverState['state'];
  expiresAt: string;
  taker?: string;
  /** Profile of the terminal that gave it; a phone by default. */
  givenBy?: 'kiosk' | 'counter' | 'phone';
}

/** A centre on its first day. */
export function emptyMemory(): CentreMemory {
  return {
    files: new Map(),
    uploads: new Map(),
    custody: new Map(),
    scopes: new Map(),
    terminals: new Map(),
    parcels: new Map(),
  };
}
