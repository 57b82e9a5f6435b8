import type { ParseArgsOptionsConfig } from 'node:util';

/** How a command ended. 0: it holds or was found. 1: it does not. 2: it was asked in a way it does not know. */
export type ExitCode = 0 | 1 | 2;

/** What the person typed after the command's own words. */
export interface Asked {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

export interface Command {
  /** The words that call it, `audit verify`. */
  readonly name: string;
  /** What follows them, for the help text. */
  readonly usage: string;
  readonly options: ParseArgsOptionsConfig;
  /** How many positionals it takes, at least and at most. */
  readonly takes: readonly [least: number, most: number];
  run(asked: Asked, out: Output): Promise<ExitCode>;
}

/** Where a command writes: results to one stream, remarks to the other, so that results can be piped. */
export interface Output {
  result(line: string): void;
  remark(line: string): void;
}
