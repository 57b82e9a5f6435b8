import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { SerialPort } from 'serialport';

const readFrom = promisify(read);
/** Nothing has arrived yet. */
const notYet: ReadonlySet<string | undefined> = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/** What serialport holds an open line by on Linux; only there is a device a file that is read. */
interface FileBinding {
  readonly fd: number | null;
  readonly poller: { once(event: 'readable', then: (fault: Error | null) => void): unknown };
  read(
    buffer: Buffer,
    offset: number,
    length: number,
  ): Promise<{ buffer: Buffer; bytesRead: number }>;
}

/**
 * Makes an open line end when its device is unplugged. Linux then gives an end of file at each reading, which serialport
 * 13 takes for "nothing yet": it reads again at once, for ever, with a core to itself, and reports nothing before
 * something is written (its issue 2043).
 */
export function endsWhenHungUp(port: SerialPort): void {
  const binding = port.port as unknown as FileBinding;
  if (!('poller' in binding)) return;
  // Asked before each use: closing takes both away, and a poller that is used afterwards crashes the process.
  const fd = () => {
    if (binding.fd === null) throw Object.assign(new Error('Closed'), { canceled: true });
    return binding.fd;
  };
  const arrived = () =>
    new Promise<void>((resolve, reject) => {
      binding.poller.once('readable', (fault) => (fault ? reject(fault) : resolve()));
    });
  binding.read = async (buffer, offset, length) => {
    for (;;) {
      const bytesRead = await readFrom(fd(), buffer, offset, length, null).then(
        (result) => result.bytesRead,
        (cause: NodeJS.ErrnoException) => {
          if (notYet.has(cause.code)) return undefined;
          throw cause;
        },
      );
      if (bytesRead === 0) throw new Error('The line was hung up');
      if (bytesRead !== undefined) return { buffer, bytesRead };
      fd();
      await arrived();
    }
  };
}
