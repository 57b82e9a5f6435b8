import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { err, type LineFailure, type OpenLine, ok, type SerialLine } from '@tongban/core';
import type { SerialPort } from 'serialport';
import { log } from '../log.ts';
import { endsWhenHungUp } from './hangUp.ts';

/**
 * The line to the serial device at `path` (`/dev/ttyUSB0`), 8 data bits, no parity, 1 stop bit. `baudRate` is in bit/s.
 * While it is open no other program can open it.
 */
export function serialLineAt(path: string, baudRate: number, say: typeof log = log): OpenLine {
  let said: string | undefined;
  const open: OpenLine = async () => {
    const barred = await barredFrom(path);
    if (barred !== undefined) return err(barred);
    // Its native library is loaded where a device is attached, and nowhere else.
    const serial = await import('serialport');
    const port = new serial.SerialPort({ path, baudRate, autoOpen: false });
    const fault = await new Promise<Error | null>((resolve) => port.open(resolve));
    if (fault === null) {
      endsWhenHungUp(port);
      return ok(overPort(port));
    }
    // The rest of the sentence is the system's, in the system's language.
    return err(fault.message.includes('Cannot lock port') ? 'busy' : 'not-there');
  };
  // Thrown on, a library that does not load would leave the device silent, and whoever stands before it untold.
  return () =>
    open().catch((cause: Error) => {
      if (said !== cause.name) say('serial.failed', { reason: cause.name });
      said = cause.name;
      return err('failed');
    });
}

/** Asked of the file system, which answers with codes: the driver's sentences depend on the language of the machine. */
async function barredFrom(path: string): Promise<LineFailure | undefined> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM' ? 'not-allowed' : 'not-there';
  }
}

function overPort(port: SerialPort): SerialLine {
  const writing = new Set<() => void>();
  const closed = new Promise<void>((resolve) =>
    port.once('close', () => {
      // What waits behind a write that the closing broke off would be told nothing.
      for (const done of writing) done();
      resolve();
    }),
  );
  // A device that is pulled out ends in `close`; the error before it says nothing more.
  port.on('error', () => {});
  // An end of the stream is the same thing on systems that report no error.
  port.once('end', () => port.close(() => {}));
  let listener: ((bytes: Uint8Array) => void) | undefined;
  port.on('data', (bytes: Uint8Array) => listener?.(bytes));
  return {
    write: (bytes) =>
      new Promise((resolve) => {
        const done = () => {
          writing.delete(done);
          resolve();
        };
        if (!port.isOpen) return done();
        writing.add(done);
        port.write(bytes, done);
      }),
    watch(hears) {
      if (listener !== undefined) throw new Error('The line has a listener');
      listener = hears;
      return () => {
        listener = undefined;
      };
    },
    closed,
    async close() {
      if (port.isOpen) port.close(() => {});
      await closed;
    },
  };
}
