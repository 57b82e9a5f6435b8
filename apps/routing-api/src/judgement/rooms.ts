import type { TrustList } from '@tongban/core';
import type { Centre } from '../http/context.ts';
import type { Register } from './register.ts';

/** What judging needs beside the centre itself. */
export interface Rooms {
  readonly centre: Centre;
  /** Certificates of authorities that papers are verified against, DER. */
  readonly authorities: readonly Uint8Array[];
  /** Certificates that count no more, by serial number. */
  revoked(): Promise<ReadonlyMap<string, Date>>;
  /** Issuers of credentials that count. */
  readonly trust: TrustList;
  readonly register: Register;
}
