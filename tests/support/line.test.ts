import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
