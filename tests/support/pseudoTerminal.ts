import { spawn } from 'node:child_process';
import { symlinkSync, unlinkSync } from 'node:fs';
import type { SerialLine } from '@tongban/core';
import { which } from './programs.ts';

/** A serial device made of nothing: a program opens `path`, and what it writes arrives at `line`. */
export interface PseudoTerminal {
  readonly path: string;
  /** The far end, where the device would be. Closing it is pulling the plug. */
  readonly line: SerialLine;
}

/**
 * Opens a pseudo-terminal in raw mode. With `at` it is found under that name, a symbolic link that goes with it, so
 * that a device that is plugged in again has the path it had.
 *
 * Node cannot open one. `script` can, and lies on every Debian (`bsdutils` is essential): it hands its own input and
 * output on to a terminal that it makes.
 * @throws Error when `script` is missing or gives no terminal.
 */
export async function openPseudoTerminal(at?: string): Promise<PseudoTerminal> {
  const program = which('script');
  if (program === undefined) throw new Error('script is missing: apt-get install bsdutils.');
  const child = spawn(
    program,
    // The sleeper holds the terminal open while nobody else has it open.
    ['-qec', 'stty raw -echo && tty && exec sleep infinity', '/dev/null'],
    { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, SHELL: '/bin/sh' } },
  );
  let listener: ((bytes: Uint8Array) => void) | undefined;
  let named = false;
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      if (named && at !== undefined) unlinkSync(at);
      resolve();
    });
  });
  // What is written to a device that was pulled out is lost; `closed` says that it was.
  child.stdin.on('error', () => {});
  const path = await new Promise<string>((resolve, reject) => {
    let said = '';
    const hear = (bytes: Buffer) => {
      said += bytes.toString('latin1');
      if (!said.includes('\n')) return;
      child.stdout.off('data', hear);
      resolve(said.trim());
    };
    child.stdout.on('data', hear);
    closed.then(() => reject(new Error(`script gave no terminal: ${said}`)), reject);
  });
  child.stdout.on('data', (bytes: Buffer) => listener?.(bytes));
  if (at !== undefined) {
    symlinkSync(path, at);
    named = true;
  }
  return {
    path: at ?? path,
    line: {
      write: (bytes) => new Promise((resolve) => child.stdin.write(bytes, () => resolve())),
      watch(hears) {
        if (listener !== undefined) throw new Error('The line has a listener');
        listener = hears;
        return () => {
          listener = undefined;
        };
      },
      closed,
      close() {
        // At once, as a plug is pulled: asked to end, it would first wait for the sleeper. The sleeper is hung up on.
        child.kill('SIGKILL');
        return closed;
      },
    },
  };
}
