import { spawn } from 'node:child_process';

export interface Display {
  /** As `DISPLAY` names it, `:97`. */
  readonly name: string;
  stop(): void;
}

/** Starts a virtual display for one program. It also ends by itself soon after that program has. */
export function startDisplay(): Promise<Display> {
  const server = spawn(
    'Xvfb',
    // The server itself chooses a free number and writes it to descriptor 3.
    [
      ...['-displayfd', '3', '-screen', '0', '1920x1920x24'],
      ...['-nolisten', 'tcp', '-ac', '-terminate', '5'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] },
  );
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`Xvfb ended with ${code}: ${said}`)));
    server.stdio[3]?.once('data', (chunk: Buffer) =>
      resolve({ name: `:${chunk.toString().trim()}`, stop: () => void server.kill() }),
    );
  });
}
