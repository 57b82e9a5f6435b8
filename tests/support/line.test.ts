import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Line, startLine } from './line.ts';

let server: Server;
let line: Line;
let answered = 0;

beforeEach(async () => {
  answered = 0;
  server = createServer((_request, response) => {
    answered += 1;
    response.end('the centre');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  line = await startLine(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterEach(async () => {
  await line.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const ask = async (signal?: AbortSignal): Promise<string> =>
  (await fetch(line.origin, signal ? { signal } : {})).text();

describe('a line', () => {
  test('carries requests, refuses them while cut, and carries them again', async () => {
    expect(await ask()).toBe('the centre');
    line.cut();
    await expect(ask()).rejects.toThrow();
    expect(answered).toBe(1);
    line.restore();
    expect(await ask()).toBe('the centre');
  });

  test('loses the answer, not the request, while deaf', async () => {
    line.set({ kind: 'deaf' });
    await expect(ask()).rejects.toThrow();
    expect(answered).toBe(1);
  });

  test('answers nothing while silent', async () => {
    line.set({ kind: 'silent' });
    await expect(ask(AbortSignal.timeout(200))).rejects.toThrow(/timeout/);
    expect(answered).toBe(0);
    expect(line.taken).toBe(1);
  });

  test('lets a connection that is open hang while silent, and drops it when the line is back', async () => {
    const socket = connect(Number(new URL(line.origin).port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const answer = (): Promise<unknown> => {
      socket.write('GET / HTTP/1.1\r\nhost: centre\r\n\r\n');
      return new Promise((resolve) => socket.once('data', (chunk) => resolve(String(chunk))));
    };
    socket.on('error', () => socket.destroy());
    expect(await answer()).toContain('the centre');
    line.set({ kind: 'silent' });
    const waited = new Promise((resolve) => setTimeout(resolve, 200, 'still waiting'));
    expect(await Promise.race([answer(), closed, waited])).toBe('still waiting');
    line.restore();
    await closed;
    expect(answered).toBe(1);
    expect(await ask()).toBe('the centre');
  });

  test('lies with a page of its own as a captive portal', async () => {
    line.set({ kind: 'portal' });
    const response = await fetch(`${line.origin}/api/v1/anything`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('Please sign in');
    expect(answered).toBe(0);
  });

  test('takes its time while slow', async () => {
    line.set({ kind: 'slow', delay: 100, bytesPerSecond: 100_000 });
    const began = performance.now();
    expect(await ask()).toBe('the centre');
    expect(performance.now() - began).toBeGreaterThan(190);
  });
});
