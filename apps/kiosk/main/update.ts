/** What the application on the disk is now: another text for another build. `since`: ms since 1970. */
export interface OnDisk {
  readonly stamp: string;
  readonly since: number;
}

export interface UpdateOptions {
  /** `undefined` while it is being replaced. */
  readonly onDisk: () => OnDisk | undefined;
  readonly now: () => number;
  /** Whether somebody's visit is open. */
  readonly inVisit: () => Promise<boolean>;
  /** Time without a touch or a key, in ms, after which nobody is taken to be there. */
  readonly quietAfter: number;
  readonly onReady: () => void;
}

export interface Update {
  /** Somebody touched the screen, or a key. */
  touched(): void;
  /** A visit has just ended and nobody is in the middle of anything: whether the application is to be started again. */
  isDue(): boolean;
  /** The same for any other moment. */
  isDueNow(): Promise<boolean>;
}

/** A package is unpacked file by file: what was written so recently may not be all of it. In ms. */
const settled = 30_000;

/**
 * [V9] Another version of this application lies on the disk, newer or, when it was taken back, older: it is started in a
 * quiet moment, which is the end of a visit, or a while without a visit and without a hand on the machine.
 */
export function createUpdate(options: UpdateOptions): Update {
  const started = options.onDisk()?.stamp;
  let touchedAt = options.now();
  let told = false;

  function isDue(): boolean {
    const there = options.onDisk();
    if (there === undefined || there.stamp === started) return false;
    if (options.now() - there.since < settled) return false;
    if (!told) options.onReady();
    told = true;
    return true;
  }

  return {
    touched() {
      touchedAt = options.now();
    },
    isDue,
    async isDueNow() {
      const alone = options.now() - touchedAt >= options.quietAfter;
      return isDue() && alone && !(await options.inVisit());
    },
  };
}
