import type { Result } from '../result.ts';

/**
 * A serial line that is open: bytes both ways, nothing said about where one message ends.
 * It cannot be opened again: after `closed` a new one is opened.
 */
export interface SerialLine {
  /** Done when the machine has taken the bytes. On a line that is closed they are lost, as on one that nobody hears. */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Hands on what arrives from now on, in pieces of any size, until the returned function is called. There is one
   * listener: it owns the bytes it is handed, and overwrites those that must not stay in memory.
   * @throws Error when there is a listener already.
   */
  watch(listener: (bytes: Uint8Array) => void): () => void;
  /** Resolves when the device was unplugged, or after `close`. Never rejects. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * Why a line did not open: no such device, or none that is a serial one; another program has it; this account may not
 * use it (on Linux: not in the group `dialout`); the program cannot open any, e.g. its native library is missing.
 */
export type LineFailure = 'not-there' | 'busy' | 'not-allowed' | 'failed';

/** Opens the line to one device; called again after each unplugging. Which device, and how fast, the adapter was told. */
export type OpenLine = () => Promise<Result<SerialLine, LineFailure>>;
