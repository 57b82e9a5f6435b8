import type { Catalogue, Clock, Random, TrustList } from '@tongban/core';
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../database/database.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { Grants } from '../session/grants.ts';
import type { Terminal } from '../terminal/proof.ts';

/** What the rooms of the centre work with; made once by `startRoutingApi`. */
export interface Centre {
  readonly database: Database;
  readonly keys: Keyring;
  readonly grants: Grants;
  readonly clock: Clock;
  readonly random: Random;
  readonly demonstration: boolean;
  /** Whose credentials count, here and at every terminal. */
  readonly trust: TrustList;
  readonly log: FastifyBaseLogger;
  /** The catalogue in force. */
  readonly catalogue: Catalogue;
  /** The catalogue that a case was sealed under; `undefined` when the centre never had that version. */
  catalogueOf(version: string): Promise<Catalogue | undefined>;
  /** Name of the present life of the database; see SPEC, [M12]. */
  epoch(): Promise<string>;
  /** Resolves once all that this process has committed is remembered outside of the database; see SPEC, [M4]. */
  remembered(): Promise<void>;
  /** Something speaks for the database being another one than before: asked before the next answer. */
  doubtEpoch(): void;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Travels from the terminal to the department; in every log line, audit entry and problem document. */
    correlation: string;
    /** Set on the routes of terminals, before the body is read. */
    terminal: Terminal | undefined;
  }
}
